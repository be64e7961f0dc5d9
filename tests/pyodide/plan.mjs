// Make a plan with the wheel in Pyodide, the Python of browsers, and compare it with CPython's.
//
//   node tests/pyodide/plan.mjs PYODIDE_FOLDER EXPECTED.json WHEEL...
//
// The folder holds the npm package `pyodide`. The wheels are the library and its dependencies; they
// are unpacked from files, so that nothing is loaded from a network.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, expectedPath, ...wheels] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(resolve(folder, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: resolve(folder) + "/" });
const packages = python.runPython("import site; site.getsitepackages()[0]");
for (const wheel of wheels) {
  python.unpackArchive(new Uint8Array(readFileSync(wheel)), "wheel", { extractDir: packages });
}
const program = readFileSync(new URL("plan.py", import.meta.url), "utf-8");
const plan = python.runPython(`${program}\nplan_json()`);
const version = python.runPython("import platform; platform.python_version()");
const expected = readFileSync(expectedPath, "utf-8").trim();
if (plan !== expected) {
  console.error(`The plan in Pyodide (Python ${version}) differs from CPython's:\n${plan}\n${expected}`);
  process.exit(1);
}
const page = readFileSync(new URL("../../docs/extra/try-it/try_it.py", import.meta.url), "utf-8");
const form = JSON.stringify({ age: 34, region: "heel", side: "right", pain: 3, weeks: 6, screened: true });
const shown = python.runPython(`${page}\nplan_page('${form}', "2026-11-21")`);
if (!shown.includes('class="exercise"')) {
  console.error(`The page "Try it" shows no exercise:\n${shown}`);
  process.exit(1);
}
console.log(`Pyodide, Python ${version}: the same plan as in CPython, ${plan.length} characters`);
