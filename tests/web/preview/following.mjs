// Tabs follow what the server shows: all of them, to other addresses, and after they have lost it.

import assert from "node:assert/strict";
import { isFollowing, isKept, page, panelSays, says, startServer, until } from "../preview.mjs";

const article = (title, text) => page(title, text, "date = 2021-11-25\n");
const retitle = (to) => (text) => text.replace(/title = ".*"/, `title = "${to}"`);
const heading = (tab, text) => until(tab, (text) => document.querySelector("h1:not(.nameplate)")?.innerText === text, text);
const isAt = (tab, path) => until(tab, (path) => location.pathname === path, path);

export const CASES = {
    "row 10: a reload is announced only when the new page can be fetched": {
        async check({ edit, openTab }) {
            const tab = await openTab("lab/");
            await tab.evaluate(() => {
                window.news = [];
                const numberOf = (edition) => Number(edition.split(".")[1]);
                new EventSource("/__dateline/events").addEventListener("edition", async ({ data }) => {
                    const announced = numberOf(JSON.parse(data).edition);
                    const html = await (await fetch(location.pathname, { cache: "no-store" })).text();
                    const fetched = numberOf(/data-edition="([^"]*)"/.exec(html)[1]);
                    window.news.push({ announced, fetched, version: Number(/Version (\d+)/.exec(html)?.[1] ?? 0) });
                });
            });
            await until(tab, () => window.news.length > 0);
            for (let version = 1; version <= 10; version += 1) {
                const before = await tab.evaluate(() => Math.max(...window.news.map((news) => news.announced)));
                edit("content/pages/lab.md", (text) => text.replace(/First words\.|Version \d+/, `Version ${version}`));
                await until(tab, (before) => window.news.some((news) => news.announced > before), before);
                const { fetched, announced, ...first } = await tab.evaluate((before) => window.news.find((news) => news.announced > before), before);
                assert.ok(fetched >= announced, `${announced} was announced, and ${fetched} came`);
                assert.equal(first.version, version);
            }
        },
    },

    "row 29: the tab of a deleted article shows what became of it": {
        async check({ remove, copy, openTab }) {
            const tab = await openTab("2021/11/25/dam/");
            copy("content", "kept");
            remove("content/articles/dam.md");
            await panelSays(tab, ".gone", "content/articles/dam.md");
            const links = await tab.evaluate(() => [...document.querySelector("dateline-preview").shadowRoot.querySelectorAll(".gone a")].map((link) => link.pathname));
            assert.ok(links.includes("/digest/") && links.includes("/digest/2021/11/24/port/"), `${links}`);
            await isFollowing(tab);
            copy("kept/articles/dam.md", "content/articles/dam.md");
            await heading(tab, "The dam reopens");
        },
    },

    "the site's page for what is missing is mended in place as well": {
        files: { "templates/404.html": "<!doctype html><title>Not here</title><p>Ask the desk.</p>" },
        async check({ edit, openTab }) {
            const tab = await openTab("no/such/");
            await panelSays(tab, ".gone", "/digest/no/such/");
            edit("templates/404.html", (text) => text.replace("the desk", "the night desk"));
            await says(tab, "Ask the night desk.");
            assert.ok(await isKept(tab));
        },
    },

    "a link is marked when what it leads to becomes a draft, though its page stays the same": {
        async check({ edit, openTab }) {
            const tab = await openTab("");
            const mark = () => getComputedStyle(document.querySelector('a[href="/digest/2021/11/24/port/"]'), "::after").content;
            const isMarked = (tab, content) => until(tab, new Function("content", `return (${mark})() === content`), content);
            await isMarked(tab, "none");
            const html = await tab.evaluate(() => document.querySelector("main").outerHTML);
            edit("content/articles/port.md", (text) => text.replace("date =", "draft = true\ndate ="));
            await isMarked(tab, '"draft"');
            assert.equal(await tab.evaluate(() => document.querySelector("main").outerHTML), html);
            edit("content/articles/port.md", (text) => text.replace("draft = true\n", ""));
            await isMarked(tab, "none");
            assert.ok(await isKept(tab));
        },
    },

    "row 29: the tab of a moved article goes along": {
        async check({ edit, rename, openTab }) {
            const tab = await openTab("2021/11/25/dam/#top");
            edit("content/articles/dam.md", (text) => text.replace("2021-11-25", "2021-11-26"));
            await isAt(tab, "/digest/2021/11/26/dam/");
            assert.equal(await tab.evaluate(() => location.hash), "#top");
            await isFollowing(tab);
            rename("content/articles/dam.md", "content/articles/the-dam.md");
            await isAt(tab, "/digest/2021/11/26/the-dam/");
            await heading(tab, "The dam reopens");
        },
    },

    "row 30: a tab catches up when the server comes back at its port": {
        async check({ folder, server, edit, openTab, home }) {
            const tab = await openTab("2021/11/25/dam/");
            await server.close("SIGKILL");
            edit("content/articles/dam.md", retitle("The dam closes"));
            const again = await startServer(folder, ["--port", server.port]);
            try {
                assert.equal(again.home, home);
                await heading(tab, "The dam closes");
                edit("content/articles/dam.md", retitle("The dam bursts"));
                await heading(tab, "The dam bursts");
                assert.ok(await isKept(tab));
            } finally {
                await again.close();
            }
        },
    },

    "row 30: a tab catches up after the machine was away from the network": {
        async check({ edit, openTab }) {
            const tab = await openTab("2021/11/25/dam/");
            await tab.setOfflineMode(true);
            edit("content/articles/dam.md", retitle("The dam closes"));
            await tab.setOfflineMode(false);
            await heading(tab, "The dam closes");
            assert.ok(await isKept(tab));
        },
    },

    "a stream that is refused once is asked for again": {
        async check({ edit, openTab }) {
            let refused = 0;
            const tab = await openTab("2021/11/25/dam/", async (tab) => {
                await tab.setRequestInterception(true);
                tab.on("request", (request) => {
                    if (request.url().endsWith("/events") && refused < 2) {
                        refused += 1;
                        request.respond({ status: 503, body: "not yet" });
                    } else request.continue();
                });
            });
            await until(tab, () => performance.getEntriesByName(new URL("/__dateline/events", location).href).length >= 1);
            edit("content/articles/dam.md", retitle("The dam closes"));
            await heading(tab, "The dam closes");
            assert.equal(refused, 2);
        },
    },

    "row 31: seven tabs follow, and still do when the one that listens for all is closed": {
        async check({ edit, openTab }) {
            const tabs = [];
            for (let at = 0; at < 7; at += 1) tabs.push(await openTab("2021/11/25/dam/"));
            edit("content/articles/dam.md", retitle("The dam closes"));
            for (const tab of tabs) await heading(tab, "The dam closes");
            for (const closing of [tabs.shift(), tabs.pop()]) await closing.close();
            edit("content/articles/dam.md", retitle("The dam bursts"));
            for (const tab of tabs) await heading(tab, "The dam bursts");
            const keptAll = await Promise.all(tabs.map(isKept));
            assert.ok(keptAll.every(Boolean));
        },
    },

    "row 31: seven tabs follow where the browser has no locks to share a stream with": {
        async check({ edit, openTab }) {
            const withoutLocks = (tab) => tab.evaluateOnNewDocument(() => Object.defineProperty(navigator, "locks", { value: undefined }));
            const tabs = [];
            for (let at = 0; at < 7; at += 1) tabs.push(await openTab("2021/11/25/dam/", withoutLocks));
            edit("content/articles/dam.md", retitle("The dam closes"));
            for (const tab of tabs) {
                await tab.bringToFront();
                await heading(tab, "The dam closes");
                assert.ok(await isKept(tab));
            }
        },
    },

    "a page that the browser kept for its back button is new when it is shown": {
        async check({ edit, openTab }) {
            const tab = await openTab("2021/11/25/dam/");
            const home = await tab.evaluate(() => new URL("/digest/", location).href);
            await tab.goto(home);
            await isFollowing(tab);
            edit("content/articles/dam.md", retitle("The dam closes"));
            await says(tab, "The dam closes");
            await tab.goBack();
            await heading(tab, "The dam closes");
        },
    },

    "with --follow, the tab goes to the article that was saved, and lets itself be taken back": {
        options: ["--follow"],
        async check({ edit, write, openTab }) {
            const tab = await openTab("lab/");
            edit("content/articles/dam.md", retitle("The dam closes"));
            await heading(tab, "The dam closes");
            await isFollowing(tab);
            write("content/articles/new.md", article("Something new", "New words.\n"));
            await heading(tab, "Something new");
            await isFollowing(tab);
            await tab.goBack();
            await heading(tab, "The dam closes");
            await isFollowing(tab);
            edit("content/articles/dam.md", (text) => text.replace("Water runs again.", "Water stands."));
            await says(tab, "Water stands.");
            await isAt(tab, "/digest/2021/11/25/dam/");
        },
    },

    "without --follow, the tab stays": {
        async check({ edit, openTab }) {
            const tab = await openTab("lab/");
            edit("content/articles/dam.md", retitle("The dam closes"));
            edit("content/pages/lab.md", (text) => text.replace("First words.", "Second words."));
            await says(tab, "Second words.");
            assert.ok(await isKept(tab));
        },
    },
};
