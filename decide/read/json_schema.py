"""The JSON Schema of the files, from their written form, for editors.

An editor's YAML types (numbers, true and false) may stand for texts.
"""

from typing import Literal, get_args, get_origin

from decide.read.forms import UNIONS, hints_of, is_form
from decide.read.written import Workspace
from decide.read.written_numbers import Switch

Schema = dict[str, object]


def file_schema() -> Schema:
    """Return the JSON Schema of one file: every section may stand in it, none must."""
    forms: dict[str, Schema] = {}
    _schema(Workspace, forms)
    file = {**forms.pop(Workspace.__name__), "minProperties": 1, "$defs": forms}
    del file["required"]
    file["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    file["title"] = "A file of a decision workspace"
    return file


def _schema(form: object, forms: dict[str, Schema]) -> Schema:
    """Return the schema of a written form; those of mappings are added to `forms`."""
    if is_form(form):
        if form.__name__ not in forms:
            forms[form.__name__] = {}  # a form may hold itself
            forms[form.__name__].update(_mapping(form, forms))
        return {"$ref": f"#/$defs/{form.__name__}"}
    if form == Switch:
        return {"enum": [True, False, "true", "false"]}
    origin, parts = get_origin(form), get_args(form)
    if origin in UNIONS:
        return {"anyOf": [_schema(part, forms) for part in parts]}
    if origin is Literal:
        return {"enum": list(parts)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(parts[1], forms)}
    if origin is list:
        return {"type": "array", "items": _schema(parts[0], forms)}
    return {} if form is object else {"type": ["string", "number", "boolean"]}


def _mapping(form: type, forms: dict[str, Schema]) -> Schema:
    hints, required = hints_of(form)
    return {
        "type": "object",
        "description": form.__doc__ or "",
        "properties": {key: _schema(below, forms) for key, below in hints.items()},
        "required": sorted(required),
        "additionalProperties": False,
    }
