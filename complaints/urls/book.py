"""/complaints/book/"""

from django.urls import path

from ..views import book, book_complaint

app_name = "book"
urlpatterns = [
    path("", book.show_book, name="list"),
    path("write/", book.write, name="write"),
    path("export/", book.export, name="export"),
    path("<uuid:pk>/", book.show_entry, name="entry"),
    path("<uuid:pk>/history/", book.show_history, name="history"),
    path("<uuid:pk>/change/", book.change, name="change"),
    path("<uuid:pk>/settle/", book.settle, name="settle"),
    path("<uuid:pk>/complaint/", book_complaint.make_complaint, name="complaint"),
]
