// What machines read on a page, as a browser has it: every JSON-LD block parses, and the headline is the same for
// readers, for social networks and for search engines. Which fields there must be is a matter for tests/output.rs.

import { inTabs, visit } from "../browser.mjs";
import { readable } from "../sites.mjs";

export async function run({ sites, result, web }) {
    const cases = sites.flatMap((site) => readable(site).map((page) => ({ site, page })));
    await inTabs(cases, result, async ({ site, page }) => {
        const read = await visit(web, site, page, {}, (tab) => tab.evaluate(readPage));
        result.add({ site: site.name, page: page.path }, problemsOf(read, page));
    });
}

// Runs in the page.
function readPage() {
    const plain = (text) => text?.replace(/\s+/g, " ").trim();
    const meta = {};
    for (const element of document.querySelectorAll("meta[property], meta[name]")) {
        meta[element.getAttribute("property") ?? element.getAttribute("name")] = plain(element.content);
    }
    return {
        meta,
        blocks: [...document.querySelectorAll('script[type="application/ld+json"]')].map((script) => script.textContent),
        headings: [...document.querySelectorAll("h1")].map((heading) => plain(heading.textContent)),
        canonical: document.querySelector('link[rel="canonical"]')?.href,
    };
}

function problemsOf({ meta, blocks, headings, canonical }, page) {
    const problems = [];
    const say = (kind, what) => problems.push({ kind, what });
    const headlines = [];
    for (const block of blocks) {
        try {
            headlines.push(...headlinesIn(JSON.parse(block)));
        } catch (error) {
            say("JSON-LD does not parse", `${error.message}: ${block.slice(0, 80)}`);
        }
    }
    if (headings.length !== 1) say("not one h1", `${headings.length} of them`);
    for (const name of ["og:image", "twitter:image"]) {
        if (meta[name] && !/^https?:\/\//.test(meta[name])) say("address is not absolute", `${name} is ${meta[name]}`);
    }
    if (meta["og:url"] && meta["og:url"] !== canonical) say("addresses differ", `og:url ${meta["og:url"]}, canonical ${canonical}`);
    if (page.kind !== "article") return problems;

    const [heading] = headings;
    const same = (name, text) => {
        if (text !== heading) say("headlines differ", `${name} ${JSON.stringify(text)}, h1 ${JSON.stringify(heading)}`);
    };
    same("og:title", meta["og:title"]);
    // Networks take og:title where there is no twitter:title.
    if ("twitter:title" in meta) same("twitter:title", meta["twitter:title"]);
    if (!headlines.length) say("no headline in JSON-LD", `${blocks.length} blocks`);
    for (const headline of headlines) same("JSON-LD headline", headline.replace(/\s+/g, " ").trim());
    return problems;
}

// Of the thing itself, wherever it stands, such as in an @graph.
function headlinesIn(value) {
    if (Array.isArray(value)) return value.flatMap(headlinesIn);
    if (!value || typeof value !== "object") return [];
    return [...(typeof value.headline === "string" ? [value.headline] : []), ...headlinesIn(value["@graph"])];
}
