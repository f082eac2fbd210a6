"""The commands there are: where each stands and one line on what it does. ``assent --help`` reads this and no more."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A command: the module and name of its function, its section of the help, and its line there."""

    module: str
    name: str
    section: str
    line: str


QUESTIONS = "Questions"
COUNTS = "Counting"
MODELS = "What no rule decides"
FILES = "What is on file"
PAGES = "Pages and reports"
COMMANDS = {
    "exit": Entry("inquire", "exit_", QUESTIONS, "How could a state leave, by which path, and who has to say yes?"),
    "status": Entry("inquire", "status", QUESTIONS, "Where does a matter stand, and why?"),
    "because": Entry("inquire", "because", QUESTIONS, "Why, and why not: the reasons alone, as a tree."),
    "timeline": Entry("inquire", "timeline", QUESTIONS, "When did the answer change?"),
    "hinge": Entry("inquire", "hinge", QUESTIONS, "On which questions of law does the answer turn?"),
    "replay": Entry("inquire", "replay", QUESTIONS, "Does the law give every official outcome, date for date?"),
    "coalitions": Entry("counting", "coalitions", COUNTS, "How many coalitions win, and which are the smallest?"),
    "power": Entry("counting", "power", COUNTS, "Who weighs how much?"),
    "chance": Entry("counting", "chance", COUNTS, "How likely is it, under what you believe?"),
    "plan": Entry("counting", "plan", COUNTS, "Whom does it take, at the least cost, to pass it or to block it?"),
    "standoff": Entry("standoff", "standoff", MODELS, "What would follow if a state left without asking?"),
    "forecast": Entry("forecast", "forecast", MODELS, "Will it be ratified? From what became of the others."),
    "petition": Entry("petition", "petition", MODELS, "Will a petition qualify, and how many signatures does it take?"),
    "referendum": Entry("petition", "referendum", MODELS, "What would a vote on leaving have to meet?"),
    "defiance": Entry("defiance", "defiance", MODELS, "Where does state law defy federal law, and what came of it?"),
    "show": Entry("law", "show", FILES, "A procedure or a question of law, in plain words or as a diagram."),
    "matters": Entry("law", "matters", FILES, "The matters on file."),
    "procedures": Entry("law", "procedures", FILES, "The procedures: how each thing is decided."),
    "questions": Entry("law", "questions", FILES, "The questions of law, their readings and defaults."),
    "cite": Entry("law", "cite", FILES, "An authority in full, read or recalled."),
    "record": Entry(
        "files", "record", FILES, "The record: its acts and sources, its age, and where it contradicts itself."
    ),
    "check": Entry("files", "check", FILES, "Is a file of law or record right, and if not, where not?"),
    "schema": Entry("files", "schema", FILES, "The JSON Schema in which law is written."),
    "report": Entry("serve", "report", PAGES, "Everything on one thing, as one HTML file or a tagged PDF."),
    "export": Entry("serve", "export", PAGES, "A folder of pages that replays dates and readings without a server."),
    "serve": Entry("serve", "serve", PAGES, "The same answers as pages in a browser, with a map, and as an API."),
}
