"""The product's addresses and one page with a form that keeps what is typed."""

from django import forms
from django.http import HttpResponse
from django.urls import path

from config.urls import urlpatterns as product
from core.saving import KeptForm, kept_form, save_once
from offices.reading import staff_page


class NoteForm(KeptForm):
    text = forms.CharField(widget=forms.Textarea)
    private_note = forms.CharField(required=False)


@staff_page
def write(request):
    form = kept_form(NoteForm, request, "note:7")
    if (
        request.method == "POST"
        and form.is_valid()
        and (answer := save_once(request, form, lambda: "/saved/"))
    ):
        return answer
    return HttpResponse(
        f"{form['text'].value() or ''}|{form['kept_as']}|{form['private_note'].value()}"
    )


urlpatterns = [*product, path("write/", write, name="write")]
