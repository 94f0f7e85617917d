"""Words that say nothing about what a text is about, per language.

Function words only: a word that can be the topic of a question ("use", "work") is not here.
"""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


STOP_WORDS = {
    "en": _words("""
        a about above after again all am an and any are as at be because been before being below between both but by
        can could did do does doing don down during each for from further had has have having he her here hers
        him his how i if in into is isn it its itself just let me more most my no nor not of off on once only or other
        our ours out over own please same she should so some such t s than that the their theirs them then there these
        they this those through to too under until up us very was we were what when where which while who whom
        whose why will with would you your yours tell explain"""),
    "nl": _words("""
        aan al alle als behalve bij ben bent bijna daar dan dat de den der des deze die dit doe doen door dus
        een eigenlijk elkaar en er ervan ervoor geen ga haar had heb hebben heeft hem het hier hij hoe hun
        iets ik in is ja je jij jou jouw jullie kan kon kun kunnen leg me men met mij mijn moet moeten mag
        mogen na n naar niet nog nou nu of om omdat ons onze ook op over tegen te ten ter toch tot u uit uw
        van vanuit veel voor waar waarom wanneer was wat we wel welk welke werd wie wij word worden wordt z
        zal ze zelf zich zij zijn zo zo'n zoal zou uitleggen"""),
    "de": _words("""
        aber als am an auch auf aus bei bin bis da das dass dem den der des die doch du durch ein eine einem einen
        einer eines er es für hat haben hatte ich ihr im in ist ja kann können man mit nach nicht noch nur ob oder
        ohne sein seine sich sie sind so über um und uns unter vom von vor war waren warum was welche welchem
        welchen welcher welches wenn wer werden wie wieviele viele wir wird wo wurde wurden zu zum zur"""),
}
