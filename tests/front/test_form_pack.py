"""The form templates: label, help, error, control; a summary that leads to each field; Django's own ids."""

from bs4 import BeautifulSoup, Tag
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms

SIDES = [("left", "Left"), ("right", "Right")]


class StoryForm(forms.Form):
    text = forms.CharField(label="Comment", error_messages={"required": "Write your comment"})
    email = forms.EmailField(label="Email", required=False, help_text="Never shown <to anybody>.")
    topic = forms.ChoiceField(label="Injury", choices=[("it", "IT band")])
    side = forms.ChoiceField(
        label="Side",
        choices=SIDES,
        widget=forms.RadioSelect,
        help_text="Facing forwards.",
        error_messages={"required": "Choose a side"},
    )
    remember = forms.BooleanField(label="Remember my name", required=False)
    stamp = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "The form is too old"})


def rendered(data: dict[str, str] | None = None, **options: object) -> BeautifulSoup:
    """The form's HTML, parsed; `options` are set on the helper."""
    form = StoryForm(data)
    helper = FormHelper()
    helper.disable_csrf = True
    for name, value in options.items():
        setattr(helper, name, value)
    return BeautifulSoup(render_crispy_form(form, helper), "html.parser")


def wrapper(page: BeautifulSoup, field: str) -> Tag:
    return page.find(id=f"div_id_{field}")


def children(element: Tag) -> list[Tag]:
    return element.find_all(True, recursive=False)


def test_form_leaves_checking_to_us():
    """One style of errors exists, so the browser's own checks are off."""
    form = rendered().find("form")
    assert form.has_attr("novalidate")
    assert form["method"] == "post"


def test_form_without_its_tag_can_stand_in_another():
    assert rendered(form_tag=False).find("form") is None


def test_label_help_and_control_come_in_the_order_of_reading():
    page = rendered({"email": "nowhere"})
    assert [child["class"][-1] for child in children(wrapper(page, "email"))] == [
        "form-label", "form-text", "invalid-feedback", "is-invalid",
    ]  # fmt: skip


def test_optional_fields_say_so_in_their_label():
    page = rendered()
    assert page.find("label", attrs={"for": "id_email"}).text == "Email (optional)"
    assert page.find("label", attrs={"for": "id_text"}).text == "Comment"


def test_help_is_shown_as_text():
    assert "<to anybody>" in rendered().find(id="id_email_helptext").text


def test_help_and_error_are_tied_to_the_control():
    page = rendered({"email": "nowhere"})
    control = page.find(id="id_email")
    assert control["aria-describedby"].split() == ["id_email_helptext", "id_email_error"]
    assert control["aria-invalid"] == "true"
    assert page.find(id="id_email_error").text


def test_group_is_a_fieldset_whose_words_follow_its_legend():
    group = wrapper(rendered({}), "side")
    assert group.name == "fieldset"
    assert [child.name for child in children(group)][:3] == ["legend", "div", "div"]
    assert group["aria-describedby"].split() == ["id_side_helptext", "id_side_error"]
    assert [label["for"] for label in group.find_all("label")] == ["id_side_0", "id_side_1"]


def test_box_to_tick_stands_before_its_label():
    box = wrapper(rendered(), "remember").find(class_="form-check")
    assert [child.name for child in children(box)] == ["input", "label"]


def test_select_wears_the_class_of_selects():
    assert "form-select" in rendered().find("select")["class"]


def test_fresh_form_has_no_summary():
    assert rendered().find(attrs={"data-summary": True}) is None


def test_summary_leads_to_each_field_that_is_wrong():
    summary = rendered({"topic": "it", "stamp": "x", "email": "nowhere"}).find(attrs={"data-summary": True})
    assert summary["tabindex"] == "-1"
    assert summary.find(attrs={"role": "alert"})
    assert summary.h3.text == "There are 3 things to fix"
    assert [link["href"] for link in summary.find_all("a")] == ["#id_text", "#id_email", "#id_side_0"]


def test_summary_and_field_say_the_same():
    page = rendered({"topic": "it", "side": "left", "stamp": "x"})
    assert page.find("a", href="#id_text").text == page.find(id="id_text_error").text == "Write your comment"
    assert page.h3.text == "There is 1 thing to fix"


def test_error_of_a_hidden_field_is_said_without_a_link():
    summary = rendered({"text": "Hello", "topic": "it", "side": "left"}).find(attrs={"data-summary": True})
    assert summary.li.text == "The form is too old"
    assert summary.find("a") is None


def test_what_was_typed_is_kept():
    assert rendered({"email": "nowhere"}).find(id="id_email")["value"] == "nowhere"


def test_layouts_and_buttons_are_laid_out_by_the_pack():
    hidden = Div("text", css_class="nectar", aria_hidden="true")
    layout = Layout(hidden, Row("email", "topic"), Fieldset("You", "side"))
    page = rendered(layout=layout, inputs=[Submit("post", "Post comment")])
    assert page.find(class_="nectar")["aria-hidden"] == "true"
    assert len(page.find(class_="cols").find_all(class_="field")) == 2
    assert page.find("legend").text == "You"
    button = page.find("input", type="submit")
    assert (button["name"], button["value"]) == ("post", "Post comment")
    assert button["class"] == ["btn", "btn-primary"]
