"""What the chat page says, in English and Dutch; the widget has its own in ``ui/widget/src/strings``."""

from collections.abc import Callable
from functools import partial

Say = Callable[..., str]

LANGUAGES = {"en": "English", "nl": "Nederlands"}

WORDS = {
    "en": {
        "scope": "Answers only from the {articles} articles on this site, with proof.",
        "welcome": "Ask something. Every statement of the answer carries a footnote.",
        "disclosure": "You are talking to an AI system, not to a person. Check what matters: that is what the "
        "footnotes are for.",
        "placeholder": "Ask about the articles on this site",
        "your_question": "Your question",
        "conversation": "Conversation",
        "send": "Send",
        "stop": "Stop",
        "fresh": "New conversation",
        "history": "Conversations",
        "find": "Find in conversations",
        "kept": "Kept on this site’s server for {days} days after your last question, for this browser alone.",
        "not_kept": "This site keeps no conversations.",
        "rename": "Rename",
        "title": "Title of this conversation",
        "markdown": "Save as Markdown",
        "json": "Save as JSON",
        "delete": "Delete",
        "delete_all": "Delete all",
        "sure": "Yes, delete all",
        "keep": "Keep them",
        "language": "Language",
        "theme": "Theme",
        "system": "System",
        "light": "Light",
        "dark": "Dark",
        "sources": "Sources",
        "contact": "Contact us",
        "no_sources": "The passages behind an answer appear here.",
        "cited_as": "cited as {numbers}",
        "score": "score",
        "steps": "Searched {articles} articles, {seconds} s",
        "readings": "Looked for",
        "sure_of": "The articles answer this with a probability of {confidence}.",
        "footnote": "Footnote {n}: {title}",
        "updated": "last updated {date}",
        "read": "Read it in the article",
        "quoted": "quoted from the articles, no language model",
        "written": "written by the language model {name}",
        "stayed": "nothing left this site’s own environment",
        "left": "the question was sent to an outside service",
        "cost": "cost {cost}",
        "copy": "Copy answer",
        "stopped": "Stopped. This answer is incomplete.",
        "searching": "Searching",
        "ready": "Answer ready. Sources: {n}.",
        "why": "What was wrong?",
        "wrong": "The answer is wrong",
        "incomplete": "Something is missing",
        "off_topic": "Not what I asked",
        "unsupported": "The footnote does not say so",
        "outdated": "Out of date",
        "other": "Something else",
        "note": "Tell us more (optional)",
        "submit": "Send feedback",
        "thanks": "Thank you.",
        "undo": "Take it back",
        "health": "State of the server",
        "starting": "Footnote is starting. This page shows the chat in a few seconds.",
        "empty_question": "There is no question.",
        "empty_question_then": "Type one.",
        "long_question": "That is too long: at most {most} characters are read.",
        "long_question_then": "Shorten it.",
        "no_words": "There is no word in that question.",
        "no_words_then": "Ask in words.",
        "too_often": "Too many questions in a short time.",
        "too_often_then": "Try again in {seconds} seconds.",
        "full_line": "Too many people are asking at once.",
        "full_line_then": "Try again in {seconds} seconds.",
        "not_ready": "The assistant cannot answer now.",
        "not_ready_then": "For the site’s owner: {reason}",
        "bug": "Something went wrong here.",
        "bug_then": "Try again. If it stays, tell the site’s owner this number: {trace_id}",
    },
    "nl": {
        "scope": "Antwoordt alleen uit de {articles} artikelen op deze site, met bewijs.",
        "welcome": "Stel een vraag. Bij elke uitspraak in het antwoord staat een voetnoot.",
        "disclosure": "Je praat met een AI-systeem, niet met een mens. Controleer wat ertoe doet: daar zijn de "
        "voetnoten voor.",
        "placeholder": "Vraag iets over de artikelen op deze site",
        "your_question": "Je vraag",
        "conversation": "Gesprek",
        "send": "Verstuur",
        "stop": "Stop",
        "fresh": "Nieuw gesprek",
        "history": "Gesprekken",
        "find": "Zoek in gesprekken",
        "kept": "Bewaard op de server van deze site tot {days} dagen na je laatste vraag, alleen voor deze browser.",
        "not_kept": "Deze site bewaart geen gesprekken.",
        "rename": "Hernoemen",
        "title": "Titel van dit gesprek",
        "markdown": "Opslaan als Markdown",
        "json": "Opslaan als JSON",
        "delete": "Verwijderen",
        "delete_all": "Alles verwijderen",
        "sure": "Ja, verwijder alles",
        "keep": "Toch bewaren",
        "language": "Taal",
        "theme": "Thema",
        "system": "Systeem",
        "light": "Licht",
        "dark": "Donker",
        "sources": "Bronnen",
        "contact": "Neem contact op",
        "no_sources": "De passages achter een antwoord verschijnen hier.",
        "cited_as": "aangehaald als {numbers}",
        "score": "score",
        "steps": "{articles} artikelen doorzocht, {seconds} s",
        "readings": "Gezocht naar",
        "sure_of": "De kans dat de artikelen dit beantwoorden is {confidence}.",
        "footnote": "Voetnoot {n}: {title}",
        "updated": "bijgewerkt op {date}",
        "read": "Lees het in het artikel",
        "quoted": "aangehaald uit de artikelen, zonder taalmodel",
        "written": "geschreven door het taalmodel {name}",
        "stayed": "niets verliet de eigen omgeving van deze site",
        "left": "de vraag is naar een dienst van buiten gestuurd",
        "cost": "kosten {cost}",
        "copy": "Antwoord kopiëren",
        "stopped": "Gestopt. Dit antwoord is niet af.",
        "searching": "Aan het zoeken",
        "ready": "Antwoord klaar. Bronnen: {n}.",
        "why": "Wat klopte er niet?",
        "wrong": "Het antwoord is fout",
        "incomplete": "Er ontbreekt iets",
        "off_topic": "Dit vroeg ik niet",
        "unsupported": "De voetnoot zegt dat niet",
        "outdated": "Verouderd",
        "other": "Iets anders",
        "note": "Vertel ons meer (niet verplicht)",
        "submit": "Verstuur",
        "thanks": "Dank je.",
        "undo": "Neem het terug",
        "health": "Toestand van de server",
        "starting": "Footnote start op. Over een paar seconden staat hier de chat.",
        "empty_question": "Er staat geen vraag.",
        "empty_question_then": "Typ er een.",
        "long_question": "Dat is te lang: er worden hooguit {most} tekens gelezen.",
        "long_question_then": "Maak het korter.",
        "no_words": "Er staat geen woord in die vraag.",
        "no_words_then": "Vraag het in woorden.",
        "too_often": "Te veel vragen in korte tijd.",
        "too_often_then": "Probeer het over {seconds} seconden opnieuw.",
        "full_line": "Er stellen te veel mensen tegelijk een vraag.",
        "full_line_then": "Probeer het over {seconds} seconden opnieuw.",
        "not_ready": "De assistent kan nu niet antwoorden.",
        "not_ready_then": "Voor de eigenaar van de site: {reason}",
        "bug": "Er ging hier iets mis.",
        "bug_then": "Probeer het opnieuw. Blijft het zo, geef de eigenaar van de site dan dit nummer: {trace_id}",
    },
}


def words(language: str) -> Say:
    """``say(name, **values)`` in that language; in English where we have no other."""
    return partial(_say, language if language in WORDS else "en")


def accepted(languages: str) -> str:
    """The one of ours that a browser likes best (its ``Accept-Language``, RFC 9110), else English."""
    liked = sorted(map(_liked, languages.split(",")), key=lambda one: one[1], reverse=True)
    return next((code for code, weight in liked if weight > 0 and code in WORDS), "en")


def _liked(entry: str) -> tuple[str, float]:
    tag, _, weight = entry.replace(" ", "").lower().partition(";q=")
    try:
        return tag.partition("-")[0], float(weight or 1)
    except ValueError:
        return tag, 0.0


def _say(language: str, name: str, /, **values: object) -> str:
    return WORDS[language][name].format(**values)
