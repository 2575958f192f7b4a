// What the preview shows besides the page: bar, ribbon, errors.

import assert from "node:assert/strict";
import axe from "axe-core";
import { isFollowing, isKept, page, panelIsWithout, panelSays, says, until } from "../preview.mjs";

const HOSTILE = `</template><img src=x onerror='window.hacked = true'><script>window.hacked = true</script>`;
const broken = (text) => text.replace("date = 2021-11-25", "date = 2021-13-45");
const mended = (text) => text.replace("date = 2021-13-45", "date = 2021-11-25");
const inPanel = (tab, read, ...values) => tab.evaluate(new Function("...values", `const panel = document.querySelector("dateline-preview").shadowRoot; return (${read})(panel, ...values);`), ...values);

export const CASES = {
    "row 19: an error is shown over the last good page, and goes by itself when it is mended": {
        async check({ edit, openTab }) {
            const tab = await openTab("2021/11/25/dam/");
            edit("content/articles/dam.md", broken);
            await panelSays(tab, "[role=alertdialog]", "1 error");
            await panelSays(tab, ".place", "content/articles/dam.md:3:8");
            await panelSays(tab, "mark", "2021-13-45");
            await says(tab, "The dam reopens");
            edit("content/articles/dam.md", (text) => mended(text).replace("Water runs again.", "Water stands."));
            await says(tab, "Water stands.");
            await panelIsWithout(tab, "[role=alertdialog]");
            assert.ok(await isKept(tab));
        },
    },

    "row 19: whatever an error says is text": {
        files: { "content/articles/dam.md": page(HOSTILE, "Water.\n", "date = 2021-11-25\n") },
        async check({ edit, openTab }) {
            const tab = await openTab("2021/11/25/dam/");
            edit("content/articles/dam.md", (text) => text.replace("date = 2021-11-25", `date = "${HOSTILE}"`));
            await panelSays(tab, "[role=alertdialog]", HOSTILE);
            await panelSays(tab, ".source", HOSTILE);
            await tab.reload();
            await isFollowing(tab);
            await panelSays(tab, "[role=alertdialog]", HOSTILE);
            const found = await inPanel(tab, (panel) => panel.querySelectorAll("img, script, iframe").length);
            assert.deepEqual([found, await tab.evaluate(() => window.hacked)], [0, undefined]);
        },
    },

    "before there was a good site, every address shows the errors, and then the page": {
        files: { "content/articles/dam.md": page("The dam reopens", "Water.\n", "date = 2021-13-45\n") },
        async check({ edit, openTab }) {
            const tab = await openTab("2021/11/25/dam/");
            await panelSays(tab, "[role=alertdialog]", "2021-13-45");
            edit("content/articles/dam.md", mended);
            await until(tab, () => document.querySelector("h1:not(.nameplate)")?.innerText === "The dam reopens");
            await panelIsWithout(tab, "[role=alertdialog]");
        },
    },

    "errors that were put away stay away until there are others": {
        async check({ edit, openTab }) {
            const tab = await openTab("2021/11/25/dam/");
            edit("content/articles/dam.md", broken);
            await panelSays(tab, "[role=alertdialog]", "1 error");
            await tab.keyboard.press("Escape");
            await panelIsWithout(tab, "[role=alertdialog]");
            await tab.reload();
            await isFollowing(tab);
            await panelSays(tab, ".bar", "1 error");
            await panelIsWithout(tab, "[role=alertdialog]");
            edit("content/articles/port.md", (text) => text.replace("2021-11-24", "2021-11-99"));
            await panelSays(tab, "[role=alertdialog]", "2 errors");
            await inPanel(tab, (panel) => panel.querySelector("[data-dismiss]").click());
            await panelIsWithout(tab, "[role=alertdialog]");
            await inPanel(tab, (panel) => panel.querySelector("button[data-reopen]").click());
            await panelSays(tab, "[role=alertdialog]", "2 errors");
        },
    },

    "while errors hide the page, Tab goes round in them": {
        async check({ edit, openTab }) {
            const tab = await openTab("2021/11/25/dam/");
            edit("content/articles/dam.md", broken);
            await panelSays(tab, "[role=alertdialog]", "1 error");
            const focused = () => inPanel(tab, (panel) => panel.activeElement?.className || Object.keys(panel.activeElement?.dataset ?? {})[0]);
            const stops = [];
            for (let press = 0; press < 4; press += 1) {
                await tab.keyboard.press("Tab");
                stops.push(await focused());
            }
            assert.deepEqual(stops, ["dismiss", "place", "dismiss", "place"]);
            await tab.keyboard.down("Shift");
            await tab.keyboard.press("Tab");
            await tab.keyboard.press("Tab");
            await tab.keyboard.up("Shift");
            assert.equal(await focused(), "place");
        },
    },

    "errors take the focus, but not from where somebody types": {
        files: { "content/pages/lab.md": page("Lab", '<input id="name">\n', 'template = "lab.html"\n') },
        async check({ edit, openTab }) {
            const tab = await openTab("lab/");
            await tab.focus("#name");
            edit("content/articles/dam.md", broken);
            await panelSays(tab, "[role=alertdialog]", "1 error");
            await tab.keyboard.type("typed on");
            assert.equal(await tab.$eval("#name", (input) => input.value), "typed on");
            edit("content/articles/dam.md", mended);
            await panelIsWithout(tab, "[role=alertdialog]");
            await tab.evaluate(() => document.activeElement.blur());
            edit("content/articles/dam.md", broken);
            await panelSays(tab, "[role=alertdialog]", "1 error");
            assert.equal(await inPanel(tab, (panel) => panel.activeElement?.getAttribute("role")), "alertdialog");
        },
    },

    "a click on a place copies it": {
        async check({ edit, openTab, context, home }) {
            await context.overridePermissions(new URL(home).origin, ["clipboard-read", "clipboard-sanitized-write"]);
            const tab = await openTab("2021/11/25/dam/");
            edit("content/articles/dam.md", broken);
            await panelSays(tab, "[role=alertdialog]", "1 error");
            await tab.bringToFront();
            await inPanel(tab, (panel) => panel.querySelector(".place").click());
            await panelSays(tab, "[role=status]", "Copied content/articles/dam.md:3:8");
            assert.equal(await tab.evaluate(() => navigator.clipboard.readText()), "content/articles/dam.md:3:8");
        },
    },

    "a place opens the editor that is named": {
        options: ["--editor", "x-editor://open?file={path}&line={line}&column={column}"],
        async check({ edit, openTab, folder }) {
            const tab = await openTab("2021/11/25/dam/");
            edit("content/articles/dam.md", broken);
            await panelSays(tab, "[role=alertdialog]", "1 error");
            const address = await inPanel(tab, (panel) => panel.querySelector("a.place").href);
            assert.equal(address, `x-editor://open?file=${folder}/content/articles/dam.md&line=3&column=8`);
        },
    },

    "a draft has a ribbon, which goes with the draft": {
        async check({ edit, openTab }) {
            const tab = await openTab("2021/11/25/dam/");
            await panelIsWithout(tab, ".ribbon");
            edit("content/articles/dam.md", (text) => text.replace("date =", "draft = true\ndate ="));
            await panelSays(tab, ".ribbon", "Draft");
            await panelSays(tab, ".bar .state", "Draft");
            edit("content/articles/dam.md", (text) => text.replace("draft = true\n", ""));
            await panelIsWithout(tab, ".ribbon");
            assert.ok(await isKept(tab));
        },
    },

    "the bar names the source, its state, words and warnings": {
        async check({ edit, openTab }) {
            const tab = await openTab("2021/11/25/dam/");
            for (const [selector, text] of Object.entries({ ".path": "content/articles/dam.md", ".state": "Published", ".words": "3 words" })) {
                await panelSays(tab, selector, text);
            }
            edit("content/articles/dam.md", (text) => text.replace("date =", "expires = 2021-11-01\ndate ="));
            await panelSays(tab, ".warnings summary", "1 warning");
            await panelIsWithout(tab, ".warnings li");
            await inPanel(tab, (panel) => panel.querySelector(".warnings summary").click());
            await panelSays(tab, ".warnings li", "before");
            edit("content/articles/dam.md", (text) => `${text}\nMore words here.\n`);
            await panelSays(tab, ".words", "6 words");
            await panelSays(tab, ".warnings li", "before");
            await tab.goto(await tab.evaluate(() => new URL("/digest/2021/11/24/port/", location).href));
            await isFollowing(tab);
            await panelSays(tab, ".elsewhere", "1 warning elsewhere");
        },
    },

    "the key d hides the bar, in every tab and for good, but is a letter where somebody types": {
        files: { "content/pages/lab.md": page("Lab", '<input id="name">\n\n<div id="free" contenteditable></div>\n', 'template = "lab.html"\n') },
        async check({ openTab }) {
            const tab = await openTab("lab/");
            const other = await openTab("2021/11/25/dam/");
            await tab.bringToFront();
            await panelSays(tab, ".bar", "content/pages/lab.md");
            for (const field of ["#name", "#free"]) {
                await tab.focus(field);
                await tab.keyboard.type("d");
            }
            assert.equal(await tab.$eval("#free", (element) => element.innerText), "d");
            await panelSays(tab, ".bar", "content/pages/lab.md");
            await tab.evaluate(() => document.activeElement.blur());
            await tab.keyboard.down("Control");
            await tab.keyboard.press("KeyD");
            await tab.keyboard.up("Control");
            await panelSays(tab, ".bar", "content/pages/lab.md");
            await tab.keyboard.press("KeyD");
            await panelIsWithout(tab, ".bar");
            await panelIsWithout(other, ".bar");
            await tab.reload();
            await isFollowing(tab);
            await panelIsWithout(tab, ".bar");
            await tab.keyboard.press("KeyD");
            await panelSays(tab, ".bar", "content/pages/lab.md");
            // Without a keyboard its dot stays.
            const dot = () => inPanel(tab, (panel) => panel.querySelector("[data-bar]").click());
            await dot();
            await panelIsWithout(tab, ".bar");
            await tab.setViewport({ width: 390, height: 780, isMobile: true, hasTouch: true });
            await tab.reload();
            await isFollowing(tab);
            await panelSays(tab, "[data-bar]", "");
            await panelIsWithout(tab, ".path");
            await dot();
            await panelSays(tab, ".path", "content/pages/lab.md");
        },
    },

    "axe finds nothing to mend in the panel, in light and in dark": {
        async check({ edit, openTab }) {
            const tab = await openTab("2021/11/25/dam/");
            await tab.evaluate(axe.source);
            const look = async () => {
                for (const scheme of ["light", "dark"]) {
                    await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }]);
                    const { violations } = await tab.evaluate(() => axe.run("dateline-preview", { resultTypes: ["violations"] }));
                    const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target.flat().join(" ")} ${node.failureSummary}`));
                    assert.deepEqual(found, [], scheme);
                }
            };
            for (const key of ["draft = true", "expires = 2021-11-01", 'lang = "no such"']) {
                edit("content/articles/dam.md", (text) => text.replace("date =", `${key}\ndate =`));
                if (key.startsWith("lang")) await panelSays(tab, "[role=alertdialog]", "no such");
                else await panelSays(tab, ".ribbon", "Draft");
                if (key.startsWith("expires")) {
                    await panelSays(tab, ".warnings summary", "1 warning");
                    await inPanel(tab, (panel) => (panel.querySelector(".warnings").open = true));
                }
                await look();
            }
            await tab.goto(await tab.evaluate(() => new URL("/digest/nothing/", location).href));
            await isFollowing(tab);
            await tab.evaluate(axe.source);
            await tab.keyboard.press("Escape");
            await panelSays(tab, ".gone", "/nothing/");
            await look();
        },
    },

    "the panel takes no room in the page, and stands at the side where its lines begin": {
        files: {
            "site.toml": 'base_url = "https://example.org/digest/"\ntitle = "The Test Digest"\nlanguage = "ar"\n',
            "static/css/lab.css": "body { display: grid; gap: 50px; } body > * { display: block !important; margin: 0 !important; padding: 40px !important; position: static !important; color: red !important; }\n",
        },
        async check({ openTab }) {
            const tab = await openTab("2021/11/25/dam/");
            await panelSays(tab, ".bar", "content/articles/dam.md");
            const read = (panel) => {
                const { left, right } = panel.querySelector(".bar").getBoundingClientRect();
                const box = panel.host.getBoundingClientRect();
                return { left, right: innerWidth - right, sideways: document.documentElement.scrollWidth > innerWidth, room: box.width + box.height, direction: getComputedStyle(panel.querySelector(".bar")).direction };
            };
            const arabic = await inPanel(tab, read);
            assert.ok(arabic.right < 20 && arabic.left > 20, JSON.stringify(arabic));
            assert.deepEqual([arabic.sideways, arabic.room, arabic.direction], [false, 0, "ltr"]);
            const lab = await openTab("lab/");
            await panelSays(lab, ".bar", "content/pages/lab.md");
            const latin = await inPanel(lab, read);
            assert.ok(latin.left < 20, JSON.stringify(latin));
            assert.deepEqual([latin.sideways, latin.room], [false, 0]);
            const last = await lab.evaluate(() => [document.body.getBoundingClientRect().bottom, [...document.querySelectorAll("body > p")].at(-1).getBoundingClientRect().bottom]);
            assert.ok(last[0] - last[1] < 1, `${last}`);
        },
    },
};
