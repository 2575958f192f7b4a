// Which node is which: pairs the children an element had with those it is to have.

// All are compared with all, up to this many pairs.
const MOST_PAIRS = 160_000;
const MEDIA = "audio, video, iframe, object, embed";

// Pairs two rows of siblings, in their order: from the new one to the old.
function match(olds, news) {
    const pairs = new Map();
    const shorter = Math.min(olds.length, news.length);
    let [head, tail] = [0, 0];
    while (head < shorter && olds[head].isEqualNode(news[head])) pairs.set(news[head], olds[head++]);
    while (tail < shorter - head && olds.at(-1 - tail).isEqualNode(news.at(-1 - tail))) pairs.set(news.at(-1 - tail), olds.at(-1 - tail++));
    const a = olds.slice(head, olds.length - tail).map(traits);
    const b = news.slice(head, news.length - tail).map(traits);
    if (a.length * b.length <= MOST_PAIRS) align(a, b, pairs);
    else alignStretches(a, b, pairs);
    return pairs;
}

function traits(node) {
    const element = node instanceof Element;
    const inside = element ? [...(node.matches(MEDIA) ? [node] : []), ...node.querySelectorAll(MEDIA)] : [];
    const address = (media) => media.getAttribute("src") ?? media.getAttribute("data") ?? media.innerHTML;
    return { node, element, name: node.nodeName, key: element ? keyOf(node) : "", text: node.textContent.trim(), media: inside.map(address).join(" ") };
}

function keyOf(node) {
    if (node.id) return `#${node.id}`;
    if (node.localName === "link") return `${node.rel} ${stem(node.href)}`;
    return node.localName === "meta" ? (node.getAttribute("name") ?? node.getAttribute("property") ?? "") : "";
}

// What speaks for two nodes being the same one; 0 where they are not.
function likeness(a, b) {
    if (a.name !== b.name || (a.key && b.key && a.key !== b.key)) return 0;
    if (a.media && a.media === b.media) return 4096;
    if (a.key && b.key) return 2048;
    if (a.text && a.text === b.text) return a.node.isEqualNode(b.node) ? 1025 : 1024;
    return a.element && a.node.isEqualNode(b.node) ? 512 : 1;
}

// The longest common row, in which a pair counts by its likeness.
function align(a, b, pairs) {
    const width = b.length + 1;
    const best = new Int32Array((a.length + 1) * width);
    const paired = (i, j, like) => (like ? like + best[(i + 1) * width + j + 1] : 0);
    for (let i = a.length - 1; i >= 0; i -= 1) {
        for (let j = b.length - 1; j >= 0; j -= 1) {
            best[i * width + j] = Math.max(best[(i + 1) * width + j], best[i * width + j + 1], paired(i, j, likeness(a[i], b[j])));
        }
    }
    for (let i = 0, j = 0; i < a.length && j < b.length; ) {
        const like = likeness(a[i], b[j]);
        if (like && best[i * width + j] === paired(i, j, like)) pairs.set(b[j++].node, a[i++].node);
        else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) i += 1;
        else j += 1;
    }
}

// Of rows too long for that, what reads the same parts them into stretches that are not.
function alignStretches(a, b, pairs) {
    const reading = ({ name, text }) => `${name} ${text}`;
    const places = new Map(a.map((old, at) => [reading(old), at]));
    let [fromA, fromB] = [0, 0];
    const close = (toA, toB) => {
        if ((toA - fromA) * (toB - fromB) <= MOST_PAIRS) align(a.slice(fromA, toA), b.slice(fromB, toB), pairs);
        [fromA, fromB] = [toA, toB];
    };
    b.forEach((node, at) => {
        const place = node.text ? places.get(reading(node)) : undefined;
        // One that went far ahead would keep all those between from finding theirs.
        if (place === undefined || place < fromA || place - fromA > at - fromB + 400 || !likeness(a[place], node)) return;
        close(place, at);
        pairs.set(node.node, a[place].node);
        [fromA, fromB] = [place + 1, at + 1];
    });
    close(a.length, b.length);
}
