"""Makers of designed forms for tests."""

from io import BytesIO

from PIL import Image

from attendees.models import (
    Category,
    ConsentText,
    FieldChoice,
    Form,
    FormField,
    FormSection,
    Registration,
)
from tests import make

Kind = FormField.Kind


def form(**fields) -> Form:
    """A form with one section and no questions."""
    n = make.number()
    fields["edition"] = fields.get("edition") or make.edition()
    defaults = {"slug": f"form-{n}", "name_en": f"Form {n}", "name_zh_hans": f"表单{n}"}
    made = Form.objects.create(**{**defaults, **fields})
    FormSection.objects.create(form=made, title_en="Travel", title_zh_hans="行程")
    return made


def question(form: Form, key: str, kind: str = Kind.TEXT, **fields) -> FormField:
    """A question; `choices` are keys, or keys with places; `text` is what one consents to."""
    choices, text = fields.pop("choices", []), fields.pop("text", "")
    defaults = {
        "section": form.sections.first(),
        "label_en": f"Question {key}",
        "label_zh_hans": f"问题{key}",
        "position": form.fields.count(),
    }
    made = FormField.objects.create(form=form, key=key, kind=kind, **{**defaults, **fields})
    for position, choice in enumerate(choices):
        name, places = choice if isinstance(choice, tuple) else (choice, None)
        FieldChoice.objects.create(
            field=made,
            key=name,
            label_en=name.title(),
            label_zh_hans=f"选项{name}",
            places=places,
            position=position,
        )
    if text:
        ConsentText.objects.create(field=made, version=1, text_en=text, text_zh_hans=text)
    return made


def png(size: tuple[int, int] = (2, 2)) -> bytes:
    """A picture as somebody may send it."""
    file = BytesIO()
    Image.new("RGBA", size, "teal").save(file, "PNG")
    return file.getvalue()


def outlined(form: Form) -> Form:
    """The form as pages read it."""
    return Form.objects.outlined().select_related("edition").get(pk=form.pk)


def registration(form: Form, **fields) -> Registration:
    """A registration in a category that asks the form."""
    fields.setdefault("status", "incomplete")
    category = make.category(form.edition, Category.Kind.PROFESSIONAL)
    Category.objects.filter(pk=category.pk).update(form=form)
    category.refresh_from_db()
    return make.registration(edition=form.edition, category=category, **fields)
