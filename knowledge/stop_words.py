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
        aan af al alle allemaal alles als anders behalve ben bent bij bijna bijvoorbeeld d'r daar daaraan daarbij
        daarin daarmee daarna daarom daarop daaruit daarvan dan dat de deden deed den der des deze die dit doe
        doen doet door dus echt een eens eigenlijk elk elkaar elke en er eraan erg ergens erin ermee erop eruit
        ervan ervoor ga gaan gaat gedaan geen gegaan gehad gewoon ging gingen graag haar had hadden heb hebben
        heeft helaas helemaal hem hen het hier hieraan hierbij hiermee hij hoe hoewel hou hun ie ieder iedere
        iedereen iemand iets ik in inderdaad is ja je jezelf jij jou jouw jullie kan kom komen komt kon konden
        kun kunnen leg m'n maar mag me mee men met meteen mezelf mij mijn mocht mochten moet moeten mogen n na
        naar nadat nee nergens niemand niet niks nog nogal nou nu of om omdat ons onszelf onze ooit ook op over
        straks te tegen ten tenzij ter terug terwijl toch toen tot tussen u uit uitleggen uw van vanaf vanuit
        vanwege vanzelf veel vervolgens voor voordat waar waarbij waardoor waarin waarmee waarom waaronder waarop
        waaruit waarvan wanneer was wat we weer wel welk welke welken werd wie wij wil wilde willen wilt word
        worden wordt z z'n zal zat ze zeer zeker zelf zich zichzelf zij zijn zit zitten zo zo'n zoal zoals zodat
        zoiets zolang zou zouden zoveel zowel zulk zulke zullen"""),
    "de": _words("""
        aber als am an auch auf aus bei bin bis da das dass dem den der des die doch du durch ein eine einem einen
        einer eines er es für hat haben hatte ich ihr im in ist ja kann können man mit nach nicht noch nur ob oder
        ohne sein seine sich sie sind so über um und uns unter vom von vor war waren warum was welche welchem
        welchen welcher welches wenn wer werden wie wieviele viele wir wird wo wurde wurden zu zum zur"""),
}
