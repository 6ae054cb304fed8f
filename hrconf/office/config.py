"""What the office adds to the look of the admin: its menu, languages, style sheet."""

from typing import Any

from django.templatetags.static import static

IN_ITSELF = {"en": "English", "zh-hans": "中文"}


def furnish(look: dict[str, Any]) -> dict[str, Any]:
    """Unfold's settings: the given look, with what the office needs."""
    return {
        **look,
        "STYLES": [
            *look.get("STYLES", []),
            lambda request: static("css/admin.css"),
            lambda request: static("css/admin-lists.css"),
            lambda request: static("css/admin-registration.css"),
            lambda request: static("css/admin-campaigns.css"),
            lambda request: static("css/admin-desk.css"),
        ],
        "SCRIPTS": [*look.get("SCRIPTS", []), lambda request: static("js/admin.js")],
        "SIDEBAR": {
            "show_search": False,
            "show_all_applications": False,
            "navigation": "hrconf.office.navigation.navigation",
        },
    }


def in_language(name: object, language: str) -> str:
    """What a translated column is called: “Title (English)”, “Title (中文)”."""
    return f"{name} ({IN_ITSELF.get(language, language)})"
