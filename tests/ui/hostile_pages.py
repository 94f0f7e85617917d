"""Pages that are in the widget's way: resets, a framework's preflight, polluted globals."""

RESET = """<style>
*, *::before, *::after { all: unset; box-sizing: border-box !important; margin: 0 !important; padding: 0 !important;
  font: 9px/1 cursive !important; color: red !important; letter-spacing: 1em !important; line-height: 3 !important;
  text-transform: uppercase !important; transform: none !important; animation: none !important }
button, textarea { display: none !important }
div, section { position: static !important; opacity: .1 !important; width: 10px !important }
svg, img { display: block !important; width: 300px !important; vertical-align: middle }
footnote-chat { position: absolute; top: -999px; filter: blur(4px); opacity: .1; overflow: hidden; width: 1px }
[hidden] { display: block !important }
</style>"""
PREFLIGHT = """<style>
*, ::before, ::after { box-sizing: border-box; border: 0 solid #e5e7eb; letter-spacing: inherit }
html { line-height: 1.5; -webkit-text-size-adjust: 100%; tab-size: 4; font-size: 62.5% }
body { margin: 0; line-height: inherit; letter-spacing: 2px; text-transform: uppercase; text-align: center }
h1, h2, h3 { font-size: inherit; font-weight: inherit } a { color: inherit; text-decoration: inherit }
button, input, textarea { font-family: inherit; font-size: 100%; color: inherit; padding: 0 }
button { background-color: transparent; background-image: none } ol, ul { list-style: none; padding: 0 }
svg { display: block; vertical-align: middle }
</style>"""
POLLUTED = """<script>
Array.prototype.toJSON = function () { return "broken" };
Array.prototype.last = function () { return this[this.length - 1] };
Object.prototype.extend = function () { return this };
Object.prototype.color = "#bad"; Object.prototype.question = "from the prototype"; Object.prototype.site = "other";
String.prototype.toJSON = function () { return "broken" };
Function.prototype.delay = function () {}; Number.prototype.toJSON = function () { return 0 };
window.Footnote = document.createElement("div"); window.name = "Footnote";
</script><form id="Footnote" name="footnote"></form><a id="marked"></a><a id="DOMPurify"></a>"""
