"""Why a document was not taken: the one error that is reported per document and never stops a run."""


class Rejected(Exception):
    """``str(rejected)`` is the reason, told to the owner beside the document's name."""
