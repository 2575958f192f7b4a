// Walks through a site as its readers and their machines do: from the front page along every link, in the browser, and
// into every address that feeds, sitemaps and metadata name.

import { inTabs, visit } from "./browser.mjs";
import { readable } from "./sites.mjs";

// What names addresses, but is no page.
const DATA = /\.(xml|json|txt|css|webmanifest)$/;
// Where there is nothing, near the top and deep down.
const NOWHERE = ["no-such-page/", "no/such/page/at/all", "2021/11/no-such-day/"];

/** Visits every page that can be reached, and adds each to `result`. The site is served where it was built for. */
export async function crawl(web, site, result) {
    const seen = new Map();
    const queue = [];
    const find = (address, from) => {
        const { target, problem } = locate(address, from, site);
        if (!target || seen.has(target)) return problem;
        seen.set(target, from);
        queue.push(target);
        return problem;
    };
    find(site.home, site.home);
    find(`${site.home}sitemap.xml`, site.home);
    // Old addresses, which nothing links to.
    for (const page of site.pages.filter((page) => page.redirect)) await redirect(page, site, find, result);
    while (queue.length) {
        const cases = queue.splice(0).map((url) => ({ site, url, page: { path: pathOf(url, site), url } }));
        await inTabs(cases, result, async ({ url, page }) => {
            const { problems, addresses } = await (isPage(url) ? readPage(web, site, page) : readFile(url, site));
            problems.push(...addresses.map((address) => find(address, url)).filter(Boolean));
            if (problems.length) problems.push({ kind: "how it was found", what: seen.get(url) });
            result.add({ site: site.name, page: page.path }, problems);
        });
    }
    // What no link leads to, no reader sees.
    for (const page of readable(site).filter((page) => page.kind !== "404" && !seen.has(page.url))) {
        result.add({ site: site.name, page: page.path }, [{ kind: "no link leads here", what: page.url }]);
    }
    for (const path of NOWHERE) await notFound(web, site, result, path);
    result.note(`${site.name} at ${new URL(site.home).pathname}: ${seen.size} addresses`);
}

const isPage = (url) => new URL(url).pathname.endsWith("/");
const pathOf = (url, site) => `/${decodeURI(url.slice(site.home.length))}`;

/** Where an address leads on the server, without its fragment; or why it cannot be right. */
function locate(address, from, site) {
    const here = new URL(site.home);
    const written = URL.canParse(address, from) ? new URL(served(address, site), from) : null;
    if (!written) return { problem: { kind: "malformed address", what: address } };
    if (written.origin !== here.origin) return {};
    if (!written.pathname.startsWith(here.pathname)) return { problem: { kind: "address outside the site", what: address } };
    written.hash = "";
    return { target: written.href };
}

/** An address of the site as it will be published, on the server that it is looked at on. */
function served(address, site) {
    const published = site.published && new URL(site.published).origin;
    return published && address.startsWith(`${published}/`) ? new URL(site.home).origin + address.slice(published.length) : address;
}

async function readPage(web, site, page) {
    return visit(web, site, page, { waitUntil: "load" }, async (tab) => {
        const { addresses, dead } = await tab.evaluate(() => {
            const every = (selector, attribute) => [...document.querySelectorAll(selector)].map((element) => element.getAttribute(attribute));
            const scripts = [...document.querySelectorAll('script[type="application/ld+json"]')];
            const data = scripts.flatMap((script) => script.textContent.match(/https?:[^"\s\\]+/g) ?? []);
            const fragments = every('a[href^="#"]', "href").map((href) => decodeURIComponent(href.slice(1)));
            return {
                addresses: [
                    ...every("[href]", "href"),
                    ...every("[src]", "src"),
                    ...every("[srcset]", "srcset").flatMap((set) => set.split(",").map((one) => one.trim().split(/\s/)[0])),
                    ...every("meta[content]", "content").filter((content) => /^https?:/.test(content)),
                    ...data,
                ],
                dead: fragments.filter((id) => id && id !== "top" && !document.getElementById(id)),
            };
        });
        const problems = dead.map((id) => ({ kind: "link to no part of the page", what: `#${id}` }));
        return { problems, addresses };
    });
}

/** An old address leads somewhere, with and without the browser's help. */
async function redirect(page, site, find, result) {
    const html = await (await fetch(page.url)).text();
    const targets = [/content="0; *url=([^"]+)"/, /<link rel="canonical" href="([^"]+)"/, /<a href="([^"]+)"/].map((pattern) => pattern.exec(html)?.[1]);
    const problems = targets.map((target) => (target ? find(target, page.url) : { kind: "a redirect that leads nowhere", what: page.path }));
    result.add({ site: site.name, page: page.path }, problems.filter(Boolean));
}

/** A file, which answers, and the addresses in it where it names any. */
async function readFile(url, site) {
    const answer = await fetch(url);
    if (!answer.ok) return { problems: [{ kind: "broken link", what: `${answer.status} ${url}` }], addresses: [] };
    const body = await answer.text();
    if (!DATA.test(new URL(url).pathname)) return { problems: [], addresses: [] };
    // Text in a feed is HTML as XML has it, where an address ends with an entity.
    const whole = body.match(new RegExp(`${escape(new URL(site.published ?? site.home).origin)}(?:(?!&(?:quot|lt|gt|#\\d+);)[^\\s"'<>\\\\)])*`, "g")) ?? [];
    const inStyle = url.endsWith(".css") ? [...body.matchAll(/url\(\s*["']?([^"')]+)/g)].map(([, address]) => address) : [];
    const addresses = [...whole.map((address) => address.replaceAll("&amp;", "&")), ...inStyle];
    return { problems: [], addresses: addresses.filter((address) => !address.startsWith("data:")) };
}

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Where nothing is, the site's own page is shown, in its style, and leads home. */
async function notFound(web, site, result, path) {
    const page = { path: `/${path}`, url: site.home + path };
    const problems = await visit(web, site, page, { expected: 404 }, async (tab) => {
        const seen = await tab.evaluate(() => ({
            styles: [...document.styleSheets].reduce((sum, sheet) => sum + sheet.cssRules.length, 0),
            leads: [...document.links].map((link) => link.href),
        }));
        const problems = [];
        if (!seen.styles) problems.push({ kind: "no style", what: path });
        if (!seen.leads.includes(site.home)) problems.push({ kind: "no link leads home", what: path });
        return problems;
    });
    result.add({ site: site.name, page: page.path }, problems);
}
