"""Pages for the tests of the read log alone: one that reads, one that writes on GET, one that says nobody's name."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path

from casework.models import Case
from offices.models import ReadKind
from offices.reading import client_page, note_read


@client_page
def reads(request, pk):
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    note_read(request, case, reason=request.GET.get("why", ""))
    if request.method == "POST" and "on" in request.POST:
        return redirect("/")
    return HttpResponse(case.number)


@client_page
def writes(request, pk):
    case = Case.objects.get(pk=pk)
    note_read(request, case)
    case.reason = "written by a GET"
    case.save()
    return HttpResponse("never shown")


@client_page
def writes_in_template(request, pk):
    case = Case.objects.get(pk=pk)
    note_read(request, case)
    template = engines["django"].from_string("{{ save }}never shown")
    return TemplateResponse(request, template, {"save": lambda: case.save()})


@client_page
def nobodys(request, pk):
    return HttpResponse("about nobody")


@client_page(kind=ReadKind.LIST)
def lists(request, pk):
    cases = list(Case.objects.visible_to(request.user))
    note_read(request, *cases)
    return HttpResponse(" ".join(c.number for c in cases))


urlpatterns = [
    path("reads/<uuid:pk>/", reads, name="reads"),
    path("writes/<uuid:pk>/", writes, name="writes"),
    path("writes-in-template/<uuid:pk>/", writes_in_template, name="writes_in_template"),
    path("nobodys/<uuid:pk>/", nobodys, name="nobodys"),
    path("lists/<uuid:pk>/", lists, name="lists"),
    path("", include("config.urls")),
]
