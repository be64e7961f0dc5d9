"""FHIR: the questions of a knowledge as a Questionnaire, and answers to it as a person."""

from kineticchain.interop.fhir.questionnaire import FhirVersion, questionnaire
from kineticchain.interop.fhir.response import from_questionnaire_response

__all__ = ["FhirVersion", "from_questionnaire_response", "questionnaire"]
