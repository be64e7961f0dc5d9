// The page "Try it": Pyodide and the wheels lie beside it, so that nothing else is loaded.

const NUMBERS = ["age", "pain", "weeks", "tandem_stance_s", "minutes", "days_per_week"];
const state = document.getElementById("state");
const form = document.getElementById("form");
const frame = document.getElementById("plan");

function option(value, title) {
  const made = document.createElement("option");
  made.value = value;
  made.textContent = title;
  return made;
}

function tick(value, title) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.name = "equipment";
  box.value = value;
  box.checked = value === "fixed_support" || value === "towel";
  label.append(box, " ", title);
  return label;
}

function fields() {
  const given = new FormData(form);
  const stated = { equipment: given.getAll("equipment"), screened: given.has("screened") };
  for (const name of ["region", "side", "goal", ...NUMBERS]) {
    const value = given.get(name);
    if (value) stated[name] = NUMBERS.includes(name) ? Number(value) : value;
  }
  return stated;
}

async function loaded() {
  const { loadPyodide } = await import("./pyodide/pyodide.mjs");
  const python = await loadPyodide({ indexURL: new URL("pyodide/", location.href).href });
  const packages = python.runPython("import site; site.getsitepackages()[0]");
  for (const name of await (await fetch("wheels.json")).json()) {
    const wheel = await (await fetch(`wheels/${name}`)).arrayBuffer();
    python.unpackArchive(wheel, "wheel", { extractDir: packages });
  }
  python.runPython(await (await fetch("try_it.py")).text());
  return python;
}

try {
  const python = await loaded();
  const lists = JSON.parse(python.runPython("choices()"));
  for (const name of ["region", "goal"]) {
    document.getElementById(name).append(...lists[name].map((pair) => option(...pair)));
  }
  document.getElementById("region").value = "heel";
  document.getElementById("equipment").append(...lists.equipment.map((pair) => tick(...pair)));
  const planPage = python.globals.get("plan_page");
  frame.addEventListener("load", () => {
    frame.style.height = `${frame.contentDocument.documentElement.scrollHeight + 8}px`;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const today = new Date();
    const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
      .map((part) => String(part).padStart(2, "0"))
      .join("-");
    frame.srcdoc = planPage(JSON.stringify(fields()), day);
    frame.hidden = false;
    state.textContent = "The plan is below.";
  });
  form.hidden = false;
  state.textContent = "Ready.";
} catch (error) {
  console.error(error);
  state.textContent =
    "Python could not be loaded here. This copy of the documentation may have been built without it.";
}
