"use strict";
// Everything that an article, a visitor or a model wrote is set as text, never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const SIGNS = { pass: "✓", fail: "✗", stale: "⌛", error: "!", skipped: "–", accepted: "≈" };
const byId = (id) => document.getElementById(id);
const accepted = new Set(data.accepted.map((key) => JSON.stringify(key)));

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const outcome = (row) =>
  ["fail", "stale"].includes(row.status) && accepted.has(JSON.stringify([row.suite, row.case, row.configuration])) ? "accepted" : row.status;
const RANK = { error: 0, fail: 1, stale: 2, skipped: 3, accepted: 4, pass: 5 };
const STATUSES = ["pass", "fail", "stale", "error", "skipped"];
const worst = (rows) => Object.keys(RANK).find((one) => rows.some((row) => outcome(row) === one));
const number = (value) =>
  value === undefined ? "" : value > 1 ? Math.round(value).toString() : value && value < 0.01 ? value.toPrecision(2) : value.toFixed(3);

const cases = new Map();
for (const row of data.rows) {
  const key = JSON.stringify([row.suite, row.case]);
  if (!cases.has(key)) cases.set(key, []);
  cases.get(key).push(row);
}
const ordered = [...cases.values()].sort((a, b) => RANK[worst(a)] - RANK[worst(b)]);

function options(select, names) {
  for (const name of ["", ...names]) select.append(element("option", { value: name }, name || "all"));
}

function sliceTables() {
  for (const [name, slices] of Object.entries(data.slices)) {
    const tags = slices.filter((slice) => slice.name.startsWith("tag: "));
    byId("slice-tables").append(sliceTable(name, slices.filter((slice) => !tags.includes(slice))));
    if (tags.length) byId("slice-tables").append(element("details", {}, element("summary", {}, `${name}: ${tags.length} tags`), sliceTable(name, tags)));
  }
}

function sliceTable(name, slices) {
  const metrics = Object.keys(data.metrics).filter((metric) => slices.some((slice) => metric in slice.figures));
  const head = element("tr", {}, ...["slice", ...STATUSES].map((text) => element("th", { scope: "col" }, text)));
  head.append(...metrics.map((metric) => element("th", { scope: "col", title: data.metrics[metric] }, metric)));
  const body = slices.map((slice) => {
    const line = element("tr", {}, element("th", { scope: "row" }, slice.name));
    line.append(...STATUSES.map((status) => element("td", {}, String(slice.counts[status]))));
    line.append(...metrics.map((metric) => {
      const [mean, low, high] = slice.figures[metric] || [];
      return element("td", mean === undefined ? {} : { title: `${low} to ${high}` }, number(mean));
    }));
    return line;
  });
  return element("table", {}, element("caption", {}, name), element("thead", {}, head), element("tbody", {}, ...body));
}

function cell(rows) {
  const status = worst(rows);
  const time = rows[0].metrics.total_ms;
  const facts = rows[0].metrics.fact_recall;
  const cost = rows[0].metrics.cost_usd;
  const told = `${SIGNS[status]} ${status === "accepted" ? "accepted failure" : status}`;
  const more = [facts === undefined ? "" : `facts ${number(facts)}`, time === undefined ? "" : `${Math.round(time)} ms`, cost ? `$${number(cost)}` : ""];
  if (status !== "stale" && rows[0].changed.length) more.unshift("⌛ article changed");
  return element("td", {}, element("span", { class: status }, told), " ", element("span", { class: "names" }, more.filter(Boolean).join(", ")));
}

function matrix() {
  const head = ["suite", "case", "question", ...data.configurations].map((text) => element("th", { scope: "col" }, text));
  byId("matrix").tHead.append(element("tr", {}, ...head));
  const find = byId("find").value.toLowerCase();
  const [status, suite, tag] = ["status", "suite", "tag"].map((id) => byId(id).value);
  const shown = ordered.filter((rows) => {
    const row = rows[0];
    return (!status || rows.some((one) => outcome(one) === status)) && (!suite || row.suite === suite) &&
      (!tag || row.tags.includes(tag)) && (!find || JSON.stringify([row.case, row.turns, row.answer]).toLowerCase().includes(find));
  });
  byId("matrix").tBodies[0].replaceChildren(...shown.map((rows) => {
    const line = element("tr", { tabindex: "0" }, element("td", { class: "names" }, rows[0].suite), element("td", {}, rows[0].case),
      element("td", {}, rows[0].turns.join(" → ")));
    line.append(...data.configurations.map((name) => {
      const own = rows.filter((row) => row.configuration === name);
      return own.length ? cell(own) : element("td", {}, "");
    }));
    line.addEventListener("click", () => open(rows));
    return line;
  }));
  byId("count").textContent = `${shown.length} of ${ordered.length} cases`;
}

// Words of b that are not in a, and the other way round, by the longest common subsequence.
function difference(a, b) {
  const [x, y] = [a, b].map((text) => text.split(/(\s+)/).slice(0, 400));
  const length = Array.from({ length: x.length + 1 }, () => new Uint16Array(y.length + 1));
  for (let i = x.length - 1; i >= 0; i--) for (let j = y.length - 1; j >= 0; j--)
    length[i][j] = x[i] === y[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
  const parts = [];
  let [i, j] = [0, 0];
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && x[i] === y[j]) { parts.push(x[i]); i++; j++; }
    else if (j < y.length && (i >= x.length || length[i][j + 1] > length[i + 1][j])) parts.push(element("ins", {}, y[j++]));
    else parts.push(element("del", {}, x[i++]));
  }
  return parts;
}

function detail(row, first) {
  const status = outcome(row);
  const box = element("section", {}, element("h3", {}, `${row.configuration}${row.repeat > 1 ? `, repeat ${row.repeat}` : ""}`));
  box.append(element("p", { class: status }, `${SIGNS[status]} ${status} ${row.reason}`));
  const answer = element("div", { class: "answer" });
  answer.append(...(first !== row && first.answer !== row.answer ? difference(first.answer, row.answer) : [row.answer]));
  box.append(answer, element("p", { class: "names" }, `confidence ${row.confidence}, written by ${row.model || "nobody"}, trace ${row.trace || "none"}`));
  const list = (title, lines) => { if (lines.length) box.append(element("h4", {}, title), element("ul", {}, ...lines)); };
  list("Facts", Object.entries(row.facts).map(([fact, said]) => element("li", { class: said ? "pass" : "fail" }, `${said ? "✓" : "✗"} ${fact}`)));
  list("The judge", row.judged.map(([fact, said, why]) => element("li", {}, `${said === null ? "?" : said ? "✓" : "✗"} ${fact}: ${why}`)));
  list("Footnotes", row.cites.map(([n, title, section, quote]) => element("li", {}, `[${n}] ${title} › ${section}: “${quote}”`)));
  list("Passages read", row.hits.map(([article, section, score, gold, text]) => element("li", {},
    ...(gold ? [element("span", { class: "goldmark" }, gold === "fact" ? "★ says a fact" : "☆ right article"), " "] : []),
    `${article} › ${section} (${score}): ${text}…`)));
  list("Metrics", Object.entries(row.metrics).map(([name, value]) => element("li", { title: data.metrics[name] || "" }, `${name} ${value}`)));
  return box;
}

function open(rows) {
  const dialog = byId("detail");
  const row = rows[0];
  const close = element("button", { type: "button" }, "Close");
  close.addEventListener("click", () => dialog.close());
  const wanted = row.answerable ? `to be answered from ${row.gold.join(" or ")}` : "to be refused";
  dialog.replaceChildren(element("h2", { id: "detail-title", tabindex: "-1", autofocus: "" }, row.turns.join(" → ")),
    element("p", { class: "names" }, `${row.suite}, ${row.case}, ${row.language}, ${row.tags.join(", ")}; ${wanted}`),
    element("p", { class: "stale" }, row.changed.length ? `⌛ the case is older than ${row.changed.join(", ")}` : ""),
    element("div", { class: "runs" }, ...rows.map((one) => detail(one, row))), close);
  dialog.showModal();
}

function move(step) {
  const lines = [...byId("matrix").tBodies[0].rows];
  const at = lines.indexOf(document.activeElement);
  const next = lines[Math.min(Math.max(at + step, 0), lines.length - 1)];
  if (next) next.focus();
}

document.addEventListener("keydown", (event) => {
  const line = document.activeElement.closest ? document.activeElement.closest("#matrix tr[tabindex]") : null;
  if (byId("detail").open || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" && line) line.click();
  else if (/^(INPUT|SELECT)$/.test(document.activeElement.tagName)) return;
  else if (event.key === "/") byId("find").focus();
  else if (event.key === "j" || (event.key === "ArrowDown" && line)) move(1);
  else if (event.key === "k" || (event.key === "ArrowUp" && line)) move(-1);
  else return;
  event.preventDefault();
});

options(byId("status"), Object.keys(RANK));
options(byId("suite"), [...new Set(data.rows.map((row) => row.suite))]);
options(byId("tag"), [...new Set(data.rows.flatMap((row) => row.tags))].sort());
byId("filters").addEventListener("input", () => { byId("matrix").tHead.replaceChildren(); matrix(); });
byId("filters").addEventListener("submit", (event) => event.preventDefault());
data.configurations.forEach((name, at) => byId("legend").append(element("span", { style: `color: var(--${"abcdef"[at % 6]})` }, `■ ${name} `)));
sliceTables();
matrix();
