// Asks a Footnote server through OpenAI's JavaScript client; prints one JSON value. Usage: node call.mjs ADDRESS QUESTION
import OpenAI from "openai";

const [address, question] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${address}/v1`, apiKey: "none", maxRetries: 0 });
const messages = [{ role: "user", content: question }];

const models = [];
for await (const model of client.models.list()) models.push(model.id);
const whole = await client.chat.completions.create({ model: models[0], messages });
const parts = [];
let usage = null;
const options = { model: models[0], messages, stream: true, stream_options: { include_usage: true } };
for await (const chunk of await client.chat.completions.create(options)) {
  parts.push(chunk.choices[0]?.delta.content ?? "");
  usage = chunk.usage ?? usage;
}
const error = await client.chat.completions.create({ model: "nobody", messages }).catch((thrown) => thrown);
console.log(
  JSON.stringify({
    models, usage,
    whole: whole.choices[0].message.content,
    annotations: whole.choices[0].message.annotations,
    streamed: parts.join(""),
    error: { name: error.constructor.name, status: error.status, code: error.code },
  }),
);
