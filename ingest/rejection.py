"""Why a document was not taken: the one error that is reported per document and never stops a run."""


class Rejected(Exception):
    """``str(rejected)`` is the reason, told to the owner beside the document's name."""

    # Does the base keep what it has of the document? A fault is mended one day; what is gone is gone.
    keeps_earlier = True


class Unwanted(Rejected):
    """A document that says itself that it is no article, or is one no longer."""

    keeps_earlier = False
