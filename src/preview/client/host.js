// What the server put into the page: the element that says what is shown, with the panel in its shadow root.

const NAME = "dateline-preview";
const OWN = "/__dateline/";

// Some pages lay out whatever stands in their body, scripts too.
document.currentScript?.remove();

const host = [...document.querySelectorAll(NAME)].pop();
// A browser that knows no declarative shadow roots leaves the template where it was.
const shadow = host.shadowRoot ?? host.attachShadow({ mode: "open" });
shadow.append(...[...host.querySelectorAll("template")].map((template) => template.content));

// Storage may be forbidden.
function recall(store, name) {
    try {
        return window[store].getItem(`${NAME}-${name}`);
    } catch {
        return null;
    }
}

function keep(store, name, value) {
    try {
        window[store].setItem(`${NAME}-${name}`, value);
    } catch {
        // It is forgotten with the page.
    }
}
