// Elements of the page, made of texts alone: nothing that a file says is read as markup.

function element(name, attributes = {}, ...children) {
  const made = name.startsWith("svg:") ? document.createElementNS("http://www.w3.org/2000/svg", name.slice(4))
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

// An object that has only what it is given: `constructor` is a name like any other.
const bare = object => Object.assign(Object.create(null), object);

const isPlain = own => Object.prototype.toString.call(own) === "[object Object]";

function lazily(make) {
  let found;
  return () => (found ??= make());
}

const byId = id => document.getElementById(id);

function table(head, rows, name) {
  return element("table", { class: "figures", "aria-label": name },
    element("thead", {}, element("tr", {}, ...head.map(text => element("th", { scope: "col" }, text)))),
    element("tbody", {}, ...rows.map(({ cells, isLeader }) => element("tr", { class: isLeader ? "leader" : undefined },
      element("th", { scope: "row" }, cells[0]), ...cells.slice(1).map(cell => element("td", {}, cell))))));
}
