// Builds the sites that are checked, each at the address its own server has, and lists their pages.
//
// Pages are told apart by their addresses, which docs/addresses.md promises, and not by classes or elements of the
// theme: a theme may change without a change here.

import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { serve } from "./server.mjs";
import { writeEmptySite, writeQuietSite, writeStressSite } from "./stress.mjs";

const REPOSITORY = resolve(import.meta.dirname, "../..");
const SOURCES = ["site.toml", "content", "templates", "static"];
const run = promisify(execFile);

/** The binary that cargo built. */
export const DATELINE = resolve(
    process.env.DATELINE_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(REPOSITORY, "target"), "debug/dateline"),
);

// `write` makes a site's folder. The two that readers of the repository meet are held to Lighthouse's scores as well.
const SITES = [
    { name: "sample", basePath: "/dateline/", lighthouse: true, write: copySample },
    { name: "new", basePath: "/", lighthouse: true, write: (folder) => run(DATELINE, ["-q", "new", folder]) },
    { name: "rtl", basePath: "/dateline/", direction: "rtl", write: writeRightToLeft },
    { name: "stress", basePath: "/", everyArticle: true, write: writeStressSite },
    { name: "quiet", basePath: "/", write: writeQuietSite },
    { name: "empty", basePath: "/", write: writeEmptySite },
];

// Those two once more, each below a path and at the root of a host.
const PLACES = ["/digest/", "/"];

/** Builds all sites, or those named, below the folder `temp`. Whoever calls must close the servers. */
export async function buildSites(temp, servers, names = SITES.map((site) => site.name)) {
    const unknown = names.filter((name) => !SITES.some((site) => site.name === name));
    if (unknown.length > 0) throw new Error(`there is no site called ${unknown.join(", ")}`);
    const sites = [];
    for (const plan of SITES.filter((site) => names.includes(site.name))) {
        const source = join(temp, plan.name);
        await plan.write(source);
        sites.push(await buildSite(plan, source, temp, servers));
    }
    return sites;
}

/** Builds the sample and a new site for each of the places a host may have for them. */
export async function buildPlacedSites(temp, servers) {
    const sites = [];
    for (const plan of SITES.filter((site) => site.lighthouse)) {
        const source = join(temp, `placed-${plan.name}`);
        await plan.write(source);
        for (const basePath of PLACES) sites.push(await buildSite({ ...plan, basePath }, source, temp, servers));
    }
    return sites;
}

/** A site that was built for the address `published`, below the path that it has there. */
export async function placeSite(folder, published, servers) {
    const server = await serve(folder, new URL(published).pathname);
    servers.push(server);
    return { name: "published", home: server.home, published, folder, pages: await pagesOf(folder, server.home) };
}

async function buildSite(plan, source, temp, servers) {
    const output = await mkdtemp(join(temp, `${plan.name}-public-`));
    const server = await serve(output, plan.basePath);
    servers.push(server);
    await build(plan.name, source, output, server.home);
    return { ...plan, home: server.home, folder: output, pages: await pagesOf(output, server.home) };
}

/** The pages a reader can stay on. Redirect stubs send the browser on before anything could be looked at. */
export const readable = (site) => site.pages.filter((page) => !page.redirect);

/** A page of each kind, and those where something is likely to be too long: what layouts are tried on. */
export function keyPages(site) {
    const pages = readable(site);
    const chosen = new Set();
    const longest = (list) => list.reduce((best, page) => (!best || page.title.length > best.title.length ? page : best), null);
    for (const kind of new Set(pages.map((page) => page.kind))) {
        const ofKind = pages.filter((page) => page.kind === kind);
        chosen.add(ofKind[0]);
        chosen.add(longest(ofKind));
        if (kind === "article") {
            const languages = new Set(ofKind.map((page) => page.lang));
            for (const lang of languages) chosen.add(ofKind.find((page) => page.lang === lang));
            if (site.everyArticle) ofKind.forEach((page) => chosen.add(page));
        }
    }
    return [...chosen];
}

async function build(name, source, output, home) {
    try {
        await run(DATELINE, ["-q", "-C", source, "build", "--output", output, "--base-url", home]);
    } catch (error) {
        throw new Error(`the site "${name}" does not build:\n${error.stderr || error.message}`);
    }
}

async function copySample(folder) {
    await mkdir(folder);
    for (const name of SOURCES) await cp(join(REPOSITORY, name), join(folder, name), { recursive: true });
}

async function writeRightToLeft(folder) {
    await copySample(folder);
    const file = join(folder, "site.toml");
    const settings = await readFile(file, "utf8");
    const turned = settings.replace(/^language = .*$/m, 'language = "ar"');
    if (turned === settings) throw new Error("site.toml of the sample names no language to replace");
    await writeFile(file, turned);
}

async function pagesOf(folder, home) {
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".html")).sort();
    return Promise.all(names.map(async (name) => {
        const file = join(folder, name);
        const html = await readFile(file, "utf8");
        const address = name.replace(/(^|\/)index\.html$/, "$1");
        return {
            file,
            path: `/${address}`,
            url: home + address.split("/").map(encodeURIComponent).join("/"),
            kind: kindOf(`/${address}`),
            title: /<title>([^<]*)/.exec(html)?.[1] ?? "",
            lang: /<html[^>]* lang="([^"]*)"/.exec(html)?.[1] ?? "",
            redirect: /<meta http-equiv="refresh"/.test(html),
        };
    }));
}

function kindOf(path) {
    if (path === "/") return "front page";
    if (path === "/404.html") return "404";
    if (path === "/archive/") return "archive";
    if (/\/page\/\d+\/$/.test(path)) return "later page of a list";
    if (/^\/\d{4}\/\d\d\/\d\d\/[^/]+\/$/.test(path)) return "article";
    if (/^\/\d{4}\/\d\d\/\d\d\/$/.test(path)) return "day";
    if (/^\/\d{4}\/\d\d\/$/.test(path)) return "month";
    if (/^\/\d{4}\/$/.test(path)) return "year";
    const taxonomy = /^\/(tags|sources|sections|threads)\/(.*)$/.exec(path);
    if (taxonomy) return `${taxonomy[2] ? "one of" : "all"} ${taxonomy[1]}`;
    return "standing page";
}
