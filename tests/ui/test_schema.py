"""The OpenAPI file is true: of the cases Schemathesis makes from it none meets a server error or an untold response."""

from collections import Counter
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.ui.conftest import Bakery

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

# Ids that clients rely on (generated code has them as names); a change here is a break for them.
OPERATIONS = {
    "chat", "search", "starters", "feedback", "forget", "health", "ready", "metrics", "list_models", "read_model",
    "create_chat_completion", "begin_conversation", "list_conversations", "read_conversation", "delete_conversation",
}  # fmt: skip


def test_operation_ids_stay_and_every_body_has_an_example(bakery: Bakery) -> None:
    document = httpx.get(bakery.url + "/openapi.json").json()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert {operation["operationId"] for operation in operations} == OPERATIONS
    assert all(operation["description"] for operation in operations)
    for operation in operations:
        if "requestBody" in operation:
            name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            assert document["components"]["schemas"][name]["examples"], name


def holds(bakery: Bakery, cases: int) -> None:
    """So many cases, spread over all operations; the same ones each time."""
    schema = schemathesis.openapi.from_url(bakery.url + "/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == len(OPERATIONS)
    strategies = [operation.as_strategy() for operation in operations]

    @seed(2026)
    @settings(
        max_examples=cases, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=st.one_of(strategies))
    def every(case: Case[Any]) -> None:
        case.call_and_validate(base_url=bakery.url, checks=CHECKS, timeout=30)

    every()


def test_a_sample_of_cases_keeps_to_the_schema(bakery: Bakery) -> None:
    holds(bakery, 150)


def test_conversations_keep_to_the_schema_over_several_requests(bakery: Bakery) -> None:
    """Begun, asked in, read, listed and deleted, in the orders that the links between the routes allow."""
    called = Counter[str]()

    class Conversations(schemathesis.openapi.from_url(bakery.url + "/openapi.json").as_state_machine()):  # type: ignore[misc]
        """What Schemathesis makes of the links."""

        def validate_response(self, response: Any, case: Case[Any], **_: Any) -> None:
            """The same checks as of single requests."""
            called[f"{case.method} {case.path} {response.status_code}"] += 1
            case.validate_response(response, checks=CHECKS)

        def get_call_kwargs(self, case: Case[Any]) -> dict[str, Any]:
            """Time enough on a busy machine; as JSON, also where there is no body, or nothing is begun."""
            return {"timeout": 30, "headers": {"Content-Type": "application/json"}}

    few = settings(
        max_examples=25, stateful_step_count=6, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(Conversations, settings=few)
    own = "/api/conversations/{conversation_id}"
    assert called[f"GET {own} 200"]
    assert called[f"DELETE {own} 204"]
    assert called["POST /api/chat 200"]


@pytest.mark.full
@pytest.mark.timeout(900)
def test_two_thousand_cases_keep_to_the_schema(bakery: Bakery) -> None:
    holds(bakery, 2000)
