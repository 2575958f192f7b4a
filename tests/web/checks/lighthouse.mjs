// Lighthouse, as a phone: accessibility, best practices and SEO are complete, and performance is good.
//
// It runs before the other checks and one page at a time: it measures time. Performance differs from run to run even
// so; the median of three is printed and held against a gate. The other scores do not differ and are taken once.

import lighthouse from "lighthouse";
import { readable } from "../sites.mjs";

const COMPLETE = ["accessibility", "best-practices", "seo"];
const PERFORMANCE_GATE = 90;
const RUNS = 3;
const TIMEOUT = 90_000;

export async function run({ sites, result, web }) {
    for (const site of sites.filter((site) => site.lighthouse)) {
        for (const kind of ["front page", "article"]) {
            const page = readable(site).find((page) => page.kind === kind);
            const reports = [];
            for (let n = 0; n < RUNS; n++) {
                reports.push(await measure(web.browser, page.url, n ? ["performance"] : [...COMPLETE, "performance"]));
            }
            addScores(result, site, page, reports);
        }
    }
}

function addScores(result, site, page, reports) {
    const where = { site: site.name, page: page.path };
    const scores = [];
    for (const category of COMPLETE) {
        const score = percent(reports[0].categories[category].score);
        scores.push(`${category} ${score}`);
        result.add({ ...where, setting: category }, score < 100 ? lacking(reports[0], category) : []);
    }
    const runs = reports.map((report) => percent(report.categories.performance.score)).sort((a, b) => a - b);
    const median = runs[Math.floor(runs.length / 2)];
    const what = `${median} of 100, ${PERFORMANCE_GATE} at least`;
    result.add({ ...where, setting: "performance" }, median < PERFORMANCE_GATE ? [{ kind: "performance", what }] : []);
    result.note(`${site.name} ${page.kind}: ${scores.join(", ")}, performance ${median} (${runs.join(", ")})`);
}

// The audits that cost points, with what they point at.
function lacking(report, category) {
    const audits = report.categories[category].auditRefs
        .filter(({ weight }) => weight > 0)
        .map(({ id }) => report.audits[id])
        .filter(({ score }) => score !== null && score < 1);
    return audits.flatMap((audit) => {
        const kind = `${category}: ${audit.title}`;
        const items = audit.details?.items ?? [];
        if (!items.length) return [{ kind, what: audit.explanation ?? audit.id }];
        return items.map((item) => ({ kind, selector: item.node?.selector, what: item.node?.snippet ?? JSON.stringify(item).slice(0, 200) }));
    });
}

async function measure(browser, url, onlyCategories) {
    const tab = await browser.newPage();
    try {
        const run = lighthouse(url, { onlyCategories, logLevel: "error", maxWaitForLoad: 30_000 }, undefined, tab);
        const { lhr } = await within(TIMEOUT, run, `Lighthouse on ${url}`);
        if (lhr.runtimeError) throw new Error(`Lighthouse on ${url}: ${lhr.runtimeError.message}`);
        return lhr;
    } finally {
        await tab.close();
    }
}

function within(milliseconds, promise, name) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`${name} took longer than ${milliseconds / 1000} s`)), milliseconds);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// A score is a number from 0 to 1, or null if it could not be measured.
const percent = (score) => Math.round((score ?? 0) * 100);
