// The page is mended in place: what its reader did to it stays.

import assert from "node:assert/strict";
import { delay, eventually, isKept, page, says, until } from "../preview.mjs";

// A second of silence, as a player takes it.
const SILENCE = (() => {
    const wave = Buffer.alloc(44 + 8_000, 128);
    wave.write("RIFF", 0);
    wave.writeUInt32LE(36 + 8_000, 4);
    wave.write("WAVEfmt ", 8);
    wave.writeUInt32LE(16, 16);
    wave.writeUInt16LE(1, 20);
    wave.writeUInt16LE(1, 22);
    wave.writeUInt32LE(8_000, 24);
    wave.writeUInt32LE(8_000, 28);
    wave.writeUInt16LE(1, 32);
    wave.writeUInt16LE(8, 34);
    wave.write("data", 36);
    wave.writeUInt32LE(8_000, 40);
    return wave;
})();

const svg = (width, color = "red") => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10"><rect fill="${color}" width="${width}" height="10"/></svg>`;
const paragraphs = (count, text = "A paragraph") => Array.from({ length: count }, (_, at) => `${text} ${at}.\n`).join("\n");
const lab = (text) => page("Lab", text, 'template = "lab.html"\n');
const labWithHead = (head) => `<!doctype html>\n<html>\n<head><title>Lab</title>${head}</head>\n<body>\n<p id="probe" class="before">A probe</p>\n{{ content }}\n</body>\n</html>\n`;

const INTERACTIVE = `${paragraphs(30)}
<p>Chosen words stay chosen, <em>and these do</em>.</p>

<form><input id="name"><textarea id="text">as served</textarea><input type="checkbox" id="box"><select id="choice"><option>one</option><option>two</option></select></form>

<details id="more"><summary>More</summary>Details</details>

<audio id="sound" loop src="/digest/silence.wav"></audio>

<iframe id="frame" src="/digest/frame.txt"></iframe>

${paragraphs(30, "Further down")}`;

export const CASES = {
    "an edit keeps scroll, focus, selection, typed text, boxes, details, what plays, and frames": {
        files: { "content/pages/lab.md": lab(INTERACTIVE), "static/silence.wav": SILENCE, "static/frame.txt": "a frame" },
        async check({ edit, openTab }) {
            const tab = await openTab("lab/");
            await tab.type("#name", "typed");
            await tab.evaluate(() => {
                const $ = (id) => document.getElementById(id);
                window.loads = 0;
                $("frame").addEventListener("load", () => (window.loads += 1));
                $("text").value = "rewritten";
                $("box").click();
                $("choice").value = "two";
                $("more").open = true;
                getSelection().selectAllChildren(document.querySelector("em"));
                $("name").focus();
                $("name").setSelectionRange(1, 3);
                window.nodes = ["name", "text", "box", "choice", "more", "sound", "frame"].map($);
            });
            await tab.evaluate(() => document.getElementById("sound").play());
            await tab.evaluate(() => document.getElementById("more").scrollIntoView({ block: "center" }));
            const where = () => tab.evaluate(() => Math.round(document.getElementById("more").getBoundingClientRect().top));
            const top = await where();
            const scrolled = await tab.evaluate(() => scrollY);
            assert.ok(scrolled > 100, `${scrolled}`);
            edit("content/pages/lab.md", (text) => text.replace("paragraph 3.", "paragraph 3, longer.\n\nAnd a new one.").replace("Further down 2.", "Further down 2, edited."));
            await says(tab, "And a new one.");
            await says(tab, "Further down 2, edited.");
            const state = await tab.evaluate(() => {
                const $ = (id) => document.getElementById(id);
                return {
                    focus: document.activeElement.id,
                    caret: [$("name").selectionStart, $("name").selectionEnd],
                    name: $("name").value,
                    text: $("text").value,
                    box: $("box").checked,
                    choice: $("choice").value,
                    open: $("more").open,
                    plays: !$("sound").paused,
                    loads: window.loads,
                    same: window.nodes.every((node) => node.isConnected),
                };
            });
            const expected = { focus: "name", caret: [1, 3], name: "typed", text: "rewritten", box: true, choice: "two", open: true, plays: true, loads: 0, same: true };
            assert.deepEqual(state, expected);
            assert.ok(Math.abs((await where()) - top) <= 1, `at ${top}, then at ${await where()}`);
            assert.ok(await isKept(tab));
        },
    },

    "a selection stays when its paragraph is edited beside it": {
        async check({ edit, openTab }) {
            const tab = await openTab("lab/");
            await tab.evaluate(() => {
                const text = [...document.querySelectorAll("p")].find((p) => p.innerText === "First words.").firstChild;
                getSelection().setBaseAndExtent(text, 6, text, 11);
            });
            for (const [words, now] of [["First words.", "The very first words."], ["first words.", "first words, and more."]]) {
                edit("content/pages/lab.md", (text) => text.replace(words, now));
                await says(tab, now);
                assert.equal(await tab.evaluate(() => getSelection().toString()), "words");
            }
        },
    },

    "what stays of a long list keeps its elements": {
        files: { "content/pages/lab.md": lab(Array.from({ length: 3000 }, (_, at) => `- item ${at}`).join("\n")) },
        async check({ edit, openTab }) {
            const tab = await openTab("lab/");
            await tab.evaluate(() => document.querySelectorAll("li").forEach((item) => (item.was = item.innerText)));
            edit("content/pages/lab.md", (text) => text.replace("- item 7\n", "- item 7\n- new above\n").replace("- item 1500\n", "").replace("- item 2990\n", "- item 2990, edited\n"));
            await says(tab, "item 2990, edited");
            const kept = await tab.evaluate(() => [...document.querySelectorAll("li")].filter((item) => item.was === item.innerText).length);
            assert.equal(kept, 2998);
        },
    },

    "two neighbours that change places do not start a film anew": {
        files: {
            "static/silence.wav": SILENCE,
            "content/pages/lab.md": lab('<div><p>One</p></div>\n<div><audio src="/digest/silence.wav"></audio></div>\n<div><p>Three</p></div>\n'),
        },
        async check({ write, openTab }) {
            const tab = await openTab("lab/");
            await tab.evaluate(() => (window.sound = document.querySelector("audio")));
            write("content/pages/lab.md", lab('<div><audio src="/digest/silence.wav"></audio></div>\n<div><p>Three</p></div>\n<div><p>One</p></div>\n<div><p>Four</p></div>\n'));
            await says(tab, "Four");
            assert.ok(await tab.evaluate(() => window.sound.isConnected && document.querySelectorAll("div").length === 4));
        },
    },

    "what scripts did to the page stays": {
        files: {
            "templates/lab.html": labWithHead(""),
            "content/pages/lab.md": lab(`Some words.

<p id="lit">let x</p>
<script>
document.documentElement.classList.add("js");
document.getElementById("lit").innerHTML = "<b>let</b> x";
document.body.insertAdjacentHTML("beforeend", "<p id='added'>Added</p>");
</script>
`),
        },
        async check({ edit, openTab }) {
            const tab = await openTab("lab/");
            edit("content/pages/lab.md", (text) => text.replace("Some words.", "Other words.\n\nAnd more."));
            await says(tab, "And more.");
            const state = () => tab.evaluate(() => [document.documentElement.className, document.querySelectorAll("#lit b").length, document.querySelectorAll("#added").length]);
            assert.deepEqual(await state(), ["js", 1, 1]);
            edit("templates/lab.html", (text) => text.replace("<html>", '<html lang="en">'));
            await until(tab, () => document.documentElement.lang === "en");
            assert.deepEqual(await state(), ["js", 1, 1]);
            assert.ok(await isKept(tab));
        },
    },

    "title, description and structured data are new as well": {
        async check({ edit, openTab }) {
            const tab = await openTab("2021/11/25/dam/");
            edit("content/articles/dam.md", (text) => text.replace("The dam reopens", "The dam closes").replace("+++\n\n", 'summary = "In short."\n+++\n\n'));
            await until(tab, () => document.title.startsWith("The dam closes"));
            assert.equal(await tab.$eval("meta[name=description]", (meta) => meta.content), "In short.");
            assert.match(await tab.$eval('script[type="application/ld+json"]', (script) => script.textContent), /The dam closes/);
            assert.ok(await isKept(tab));
        },
    },

    "row 12: style sheet and page that change together appear together": {
        async check({ write, edit, openTab }) {
            const tab = await openTab("lab/", (tab) => delay(tab, /lab\.[0-9a-f]+\.css/, 400));
            await watchProbe(tab);
            write("static/css/lab.css", ".after { color: rgb(0, 0, 200); }\n");
            edit("templates/lab.html", (text) => text.replace('class="before"', 'class="after"'));
            await until(tab, () => document.getElementById("probe").className === "after");
            assert.deepEqual(await probed(tab), ["before rgb(200, 0, 0)", "after rgb(0, 0, 200)"]);
            assert.ok(await isKept(tab));
        },
    },

    "row 13: a style sheet alone is swapped in place, scroll and form text kept": {
        files: { "content/pages/lab.md": lab(`<input id="name">\n\n${paragraphs(80)}`) },
        async check({ write, openTab }) {
            const tab = await openTab("lab/", (tab) => delay(tab, /lab\.[0-9a-f]+\.css/, 300));
            await tab.type("#name", "typed");
            await tab.evaluate(() => scrollTo(0, 700));
            await watchProbe(tab);
            write("static/css/lab.css", ".before { color: rgb(0, 200, 0); }\n");
            await until(tab, () => getComputedStyle(document.getElementById("probe")).color === "rgb(0, 200, 0)");
            assert.deepEqual(await probed(tab), ["before rgb(200, 0, 0)", "before rgb(0, 200, 0)"]);
            const state = await tab.evaluate(() => [scrollY, document.getElementById("name").value, document.querySelectorAll("link[rel=stylesheet]").length]);
            assert.deepEqual(state, [700, "typed", 1]);
            assert.ok(await isKept(tab));
        },
    },

    "a style sheet whose address does not change is swapped in place too": {
        files: { "templates/lab.html": labWithHead('<link rel="stylesheet" href="/digest/css/lab.css">') },
        async check({ write, edit, openTab }) {
            const tab = await openTab("lab/");
            await watchProbe(tab);
            for (const [at, color] of ["rgb(0, 200, 0)", "rgb(0, 0, 200)"].entries()) {
                write("static/css/lab.css", `.before { color: ${color}; }\n`);
                await until(tab, (color) => getComputedStyle(document.getElementById("probe")).color === color, color);
                edit("content/pages/lab.md", (text) => `${text}\n\nWords ${at}.\n`);
                await says(tab, `Words ${at}.`);
            }
            assert.deepEqual(await probed(tab), ["before rgb(200, 0, 0)", "before rgb(0, 200, 0)", "before rgb(0, 0, 200)"]);
            assert.equal((await tab.$$("link[rel=stylesheet]")).length, 1);
            assert.ok(await isKept(tab));
        },
    },

    "what a style sheet draws on is new when it changes": {
        files: {
            "static/wide.svg": svg(40),
            "static/css/part.css": "#probe { height: 30px; }\n",
            "static/css/lab.css": '@import "part.css";\n#probe { background: url(../wide.svg); }\n',
        },
        async check({ write, edit, openTab }) {
            const tab = await openTab("lab/");
            const probe = await tab.$("#probe");
            write("static/css/part.css", "#probe { height: 60px; }\n");
            await until(tab, () => document.getElementById("probe").clientHeight === 60);
            const drawn = async () => Buffer.from(await probe.screenshot()).toString("base64");
            const red = await drawn();
            write("static/wide.svg", svg(80, "green"));
            await eventually(async () => (await drawn()) !== red);
            const green = await drawn();
            edit("static/css/lab.css", (text) => `${text}#probe { border-left: 9px solid blue; }\n`);
            await until(tab, () => getComputedStyle(document.getElementById("probe")).borderLeftWidth === "9px");
            edit("static/css/lab.css", (text) => text.replace(/#probe \{ border.*/, ""));
            await eventually(async () => (await drawn()) === green);
            assert.ok(await isKept(tab));
        },
    },

    "a picture that changes is loaded again, where it stands": {
        files: {
            "static/wide.svg": svg(40),
            "content/pages/lab.md": lab('<img id="one" src="/digest/wide.svg" alt="">\n\n<img id="two" alt="" src="/digest/wide.svg" srcset="/digest/wide.svg 1x, /digest/other.svg 2x">\n'),
        },
        async check({ write, openTab }) {
            const tab = await openTab("lab/");
            await until(tab, () => document.getElementById("one").naturalWidth === 40);
            write("static/wide.svg", svg(80));
            await until(tab, () => document.getElementById("one").naturalWidth === 80 && document.getElementById("two").naturalWidth === 80);
            assert.match(await tab.$eval("#two", (image) => image.srcset), /wide\.svg\?v=\S+ 1x, \/digest\/other\.svg 2x$/);
            assert.ok(await isKept(tab));
        },
    },

    "a script that changes loads the page again, once": {
        files: {
            "static/js/own.js": "window.version = 1;\n",
            "templates/lab.html": labWithHead('<script src="/digest/js/own.js"></script>'),
        },
        async check({ write, edit, openTab }) {
            const tab = await openTab("lab/");
            let loads = 0;
            tab.on("load", () => (loads += 1));
            write("static/js/own.js", "window.version = 2;\n");
            await until(tab, () => window.version === 2);
            edit("content/pages/lab.md", (text) => `${text}\n\nMore words.\n`);
            await says(tab, "More words.");
            edit("templates/lab.html", (text) => text.replace("</body>", "<script>window.inline = true</script></body>"));
            await until(tab, () => window.inline === true);
            edit("content/pages/lab.md", (text) => `${text}\n\nLast words.\n`);
            await says(tab, "Last words.");
            assert.equal(loads, 2);
        },
    },

    "a page that closes no element is mended as well": {
        files: { "templates/lab.html": "<!doctype html><title>Lab</title><p id=probe>A probe<div><section>{{ content }}" },
        async check({ edit, openTab }) {
            const tab = await openTab("lab/");
            edit("content/pages/lab.md", (text) => text.replace("First words.", "Second words."));
            await says(tab, "Second words.");
            edit("templates/lab.html", () => "<title>Lab</title><article>{{ content }}");
            await until(tab, () => document.querySelector("article") && document.compatMode === "BackCompat");
            edit("templates/lab.html", () => "<title>Lab</title>{{ content }}<main>");
            await until(tab, () => document.querySelector("main") && !document.querySelector("article"));
            edit("content/pages/lab.md", (text) => text.replace("Second words.", "Third words."));
            await says(tab, "Third words.");
            assert.equal((await tab.$$("dateline-preview")).length, 1);
            assert.deepEqual(tab.errors, []);
        },
    },
};

// Notes each pair of class and colour in which the probe is drawn.
async function watchProbe(tab) {
    await tab.evaluate(() => {
        window.drawn = [];
        const look = () => {
            const probe = document.getElementById("probe");
            const now = `${probe.className} ${getComputedStyle(probe).color}`;
            if (window.drawn.at(-1) !== now) window.drawn.push(now);
            requestAnimationFrame(look);
        };
        look();
    });
}

// Once what is there has been drawn.
async function probed(tab) {
    return tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(window.drawn)))));
}
