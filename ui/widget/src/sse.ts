/**
 * Server-sent events out of a byte stream, as the HTML standard reads them
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation).
 */

export interface ServerEvent {
  name: string;
  data: string;
}

/** Feed it text as it comes; it calls `found` for each whole event. A last event without its blank line is dropped. */
export function makeParser(found: (event: ServerEvent) => void): (text: string) => void {
  let rest = "";
  let first = true;
  let afterCr = false;
  let name = "";
  let data: string[] = [];

  function line(text: string): void {
    if (text === "") {
      if (data.length) found({ name: name || "message", data: data.join("\n") });
      name = "";
      data = [];
      return;
    }
    const colon = text.indexOf(":");
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(colon + 1).replace(/^ /, "");
    if (field === "event") name = value;
    else if (field === "data") data.push(value);
  }

  return (text) => {
    if (first && text) {
      first = false;
      text = text.replace(/^\uFEFF/, "");
    }
    if (afterCr && text) {
      afterCr = false;
      text = text.replace(/^\n/, "");
    }
    const lines = (rest + text).split(/\r\n|\r|\n/);
    rest = lines.pop()!;
    afterCr = text.endsWith("\r");
    for (const whole of lines) line(whole);
  };
}

/** The events of a response's body, one after the other. */
export async function* serverEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const waiting: ServerEvent[] = [];
  const parse = makeParser((event) => waiting.push(event));
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (value) parse(decoder.decode(value, { stream: true }));
      yield* waiting.splice(0);
      if (done) return;
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}
