// The reading room. One element tree per mount; a new page or query builds it anew inside.

const rooms = new WeakMap();

export default function ({ parentElement, data }) {
  const room = rooms.get(parentElement);
  if (room && room.key === data.key + data.labels.scan && room.element.isConnected) {
    const focus = JSON.stringify(data.focus);
    if (focus !== JSON.stringify(room.data.focus)) room.lookAt(data.focus);
    room.data = data;
    return room.leave;
  }
  room?.leave();
  const made = new Room(parentElement, data);
  rooms.set(parentElement, made);
  return made.leave;
}

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

let loading = null;
function openSeadragon(address) {
  if (window.OpenSeadragon) return Promise.resolve(window.OpenSeadragon);
  loading ??= new Promise((done, fail) => {
    const script = make("script", { src: address });
    script.onload = () => done(window.OpenSeadragon);
    script.onerror = fail;
    document.head.append(script);
  });
  return loading;
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const narrow = () => matchMedia("(max-width: 900px)").matches;

class Room {
  constructor(parent, data) {
    this.data = data;
    this.key = data.key + data.labels.scan;
    this.now = -1;
    this.overlays = [];
    this.element = this.build();
    parent.querySelector(":scope > .room")?.remove();
    parent.append(this.element);
    this.onKey = this.onKey.bind(this);
    this.leave = this.leave.bind(this);
    document.addEventListener("keydown", this.onKey);
    this.openScan();
    if (data.hits.length) this.markHit(0);
    this.startText();
  }

  leave() {
    document.removeEventListener("keydown", this.onKey);
    this.viewer?.destroy();
    this.viewer = null;
    this.element.remove();
  }

  // -- what is on the screen

  build() {
    const { data } = this;
    this.found = this.buildFound();
    this.text = this.buildText();
    this.view = make("div", { class: "view", role: "img", "aria-label": data.labels.scan, tabindex: "0" });
    this.failed = make("p", { class: "failed", hidden: true }, data.labels.failed);
    const scan = make("section", { class: "scan", "aria-label": data.labels.scan }, this.view, this.failed, this.buildBar());
    const side = this.found.childElementCount > 0;
    const panes = [["scan", data.labels.scan], ["text", data.labels.text]];
    if (side) panes.splice(1, 0, ["found", data.query ? data.labels.hits : data.labels.contents]);
    this.tabs = panes.map(([pane, label]) =>
      make("button", { type: "button", role: "tab", "aria-selected": String(pane === "scan"), "data-pane": pane, onclick: () => this.turnTo(pane) }, label));
    return make("div", { class: `room${data.query ? "" : " no-hits"}`, "data-pane": "scan" },
      make("div", { class: "tabs", role: "tablist" }, this.tabs), this.found, scan, this.text);
  }

  buildFound() {
    const { data } = this;
    const side = make("aside", { class: "found", "aria-label": data.query ? data.labels.hits : data.labels.contents });
    if (!data.query) {
      if (!data.contents.length) return side;
      side.append(make("p", { class: "sum" }, data.labels.contents));
      side.append(make("ol", {}, data.contents.map((entry) =>
        make("li", {}, make("button", { type: "button", lang: data.lang, onclick: () => { this.turnTo("scan"); this.showBox(entry.box); } }, make("b", {}, entry.headline))))));
      return side;
    }
    side.append(make("p", { class: "sum" }, make("q", {}, data.query), " ", data.problem || (data.hits.length ? data.summary : data.labels.noHits)));
    const here = data.results.filter((result) => !result.href);
    const there = data.results.filter((result) => result.href);
    this.entries = here.map((result) => make("button", { type: "button", onclick: () => this.goToHit(result.first) }, this.told(result)));
    if (here.length) side.append(make("ol", {}, this.entries.map((entry) => make("li", {}, entry))));
    if (there.length) {
      side.append(make("h2", {}, data.labels.elsewhere));
      side.append(make("ol", {}, there.map((result) => make("li", {}, make("a", { href: result.href }, this.told(result))))));
    }
    return side;
  }

  told(result) {
    return [
      result.headline ? make("b", { lang: result.lang }, result.headline) : null,
      make("span", { lang: result.lang }, "…", result.snippet.map(([text, marked]) => (marked ? make("mark", {}, text) : text)), "…"),
      make("small", {}, result.said),
    ];
  }

  buildBar() {
    const { data } = this;
    const button = (sign, label, deed, extra = "") =>
      make("button", { type: "button", class: `${sign.length === 1 ? "sign " : ""}${extra}`, title: label, "aria-label": label, onclick: deed }, sign);
    const page = (sign, label, href) =>
      make("a", { href, title: label, "aria-label": label, class: "sign", "aria-disabled": href ? null : "true" }, sign);
    this.turned = button("⟲", data.labels.straight, () => this.rotate(0));
    this.turned.hidden = true;
    this.turned.style.display = "none";
    const bar = make("div", { class: "bar", role: "toolbar", "aria-label": data.labels.controls },
      button("−", data.labels.zoomOut, () => this.zoom(1 / 1.5)),
      button("+", data.labels.zoomIn, () => this.zoom(1.5)),
      button(data.labels.whole, data.labels.whole, () => this.whole(), "wide"),
      button("↻", data.labels.rotate, () => this.rotate((this.viewer.viewport.getRotation() + 90) % 360)),
      this.turned);
    if (data.hits.length) {
      this.count = make("output", { "aria-live": "polite" });
      bar.append(button("‹", data.labels.previousHit, () => this.goToHit(this.now - 1)), this.count,
        button("›", data.labels.nextHit, () => this.goToHit(this.now + 1)));
    }
    if (data.turn.previous || data.turn.next) {
      bar.append(page("«", data.labels.previousPage, data.turn.previous), make("span", { class: "wide" }, data.turn.at),
        page("»", data.labels.nextPage, data.turn.next));
    }
    bar.append(button(data.labels.fullscreen, data.labels.fullscreen, () => this.fullscreen(), "wide"));
    return bar;
  }

  buildText() {
    const { data } = this;
    const pane = make("section", { class: `transcript ${data.vertical ? "vertical" : "horizontal"}`, lang: data.lang, "aria-label": data.labels.text, tabindex: "0" });
    if (!data.blocks.length) {
      pane.classList.add("empty");
      pane.lang = document.documentElement.lang;
      pane.append(make("p", {}, data.labels.noText));
      return pane;
    }
    let doubtful = false;
    let before = null;
    for (const block of data.blocks) {
      const opens = before !== null && block.article !== before.article;
      const lines = block.lines.map((line) => this.buildLine(line, () => { doubtful = true; }));
      const readsOn = before !== null && !opens && block.kind === "text" && before.kind === "text";
      before = block;
      if (readsOn) pane.lastElementChild.append(...lines);
      else pane.append(make("div", { class: `block ${block.kind}${block.head ? " head" : ""}${opens ? " opens" : ""}` }, lines));
      if (block.from) pane.lastElementChild.prepend(this.buildWay("←", block.from));
      if (block.onto) pane.lastElementChild.append(this.buildWay("→", block.onto));
    }
    if (doubtful) pane.append(make("p", { class: "note", lang: document.documentElement.lang }, data.labels.doubt));
    if (data.vertical) pane.addEventListener("wheel", (event) => this.scrollSideways(event), { passive: false });
    return pane;
  }

  buildWay(sign, way) {
    return make("a", { class: "way", lang: document.documentElement.lang, href: way.href }, `${sign} ${way.said}`);
  }

  buildLine(line, doubt) {
    const runs = line.runs.map(([text, doubtful, hit]) => {
      if (doubtful) doubt();
      const inner = doubtful ? make("i", {}, text) : text;
      return hit < 0 ? inner : make("mark", { "data-hit": hit }, inner);
    });
    return make("span", { class: "l", id: line.id, onclick: (event) => this.chooseLine(event, line) }, runs);
  }

  // -- the scan

  async openScan() {
    try {
      const OSD = await openSeadragon(this.data.openseadragon);
      if (!this.element.isConnected) return;
      const info = await fetch(this.data.image).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
      if (!this.element.isConnected) return;
      this.viewer = OSD({
        element: this.view, tileSources: info, drawer: "canvas", showNavigationControl: false,
        gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true }, gestureSettingsTouch: { pinchRotate: false },
        animationTime: calm() ? 0 : 0.5, maxZoomPixelRatio: 3, minZoomImageRatio: 0.7, visibilityRatio: 0.4,
        crossOriginPolicy: false, preserveViewport: true, keyboardNavEnabled: true, imageLoaderLimit: 4,
      });
      this.viewer.addHandler("open", () => this.onOpen(OSD));
      this.viewer.addHandler("open-failed", () => { this.failed.hidden = false; });
    } catch {
      this.failed.hidden = false;
    }
  }

  onOpen(OSD) {
    this.OSD = OSD;
    this.element.dataset.open = "true";
    this.view.osd = this.viewer;
    this.data.hits.forEach((hit, index) => hit.boxes.forEach((box) => this.outline(box, "hit", index)));
    if (this.data.hits.length) this.goToHit(this.firstHit(), true);
    else this.lookAt(this.data.focus, true);
  }

  firstHit() {
    const { focus, hits } = this.data;
    if (!focus) return 0;
    const inside = hits.findIndex(({ boxes }) => boxes.some(([l, t, r, b]) => l < focus[2] && r > focus[0] && t < focus[3] && b > focus[1]));
    return Math.max(0, inside);
  }

  rectangle([left, top, right, bottom]) {
    return this.viewer.viewport.imageToViewportRectangle(left, top, right - left, bottom - top);
  }

  outline(box, name, index) {
    const element = make("div", { class: name, "data-hit": index });
    this.viewer.addOverlay({ element, location: this.rectangle(box) });
    this.overlays.push(element);
    return element;
  }

  /** Show a box with its surroundings: never less than a part of the page's width. */
  showBox(box, at_once = false) {
    if (!this.viewer?.isOpen()) return;
    const wanted = this.rectangle(box);
    const least = this.rectangle(this.data.page).width * (narrow() ? 0.45 : 0.8);
    const across = Math.max(wanted.width * 1.25, least);
    const down = Math.max(wanted.height * 1.25, least / 2);
    const centre = wanted.getCenter();
    this.viewer.viewport.fitBounds(new this.OSD.Rect(centre.x - across / 2, centre.y - down / 2, across, down), at_once || calm());
  }

  lookAt(box, at_once = false) {
    if (box) this.showBox(box, at_once);
    else this.whole(at_once);
  }

  whole(at_once = false) {
    if (!this.viewer?.isOpen()) return;
    const page = this.rectangle(this.data.page);
    page.height *= 1.09; // the control bar stands below the page, not on it
    this.viewer.viewport.fitBounds(page, at_once || calm());
  }

  zoom(by) {
    this.viewer?.viewport.zoomBy(by).applyConstraints();
  }

  rotate(degrees) {
    this.viewer?.viewport.setRotation(degrees);
    this.turned.style.display = degrees ? "" : "none";
    this.turned.hidden = !degrees;
  }

  fullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.();
  }

  // -- hits

  goToHit(number, at_once = false) {
    const { hits } = this.data;
    if (!hits.length) return;
    this.turnTo("scan");
    this.markHit((number + hits.length) % hits.length);
    this.showBox(hits[this.now].boxes[0], at_once);
    this.showInText(this.text.querySelector(`mark[data-hit="${this.now}"]`));
  }

  markHit(number) {
    this.now = number;
    const { hits, results, labels } = this.data;
    if (this.count) this.count.textContent = labels.place.replace("{n}", number + 1).replace("{all}", hits.length);
    for (const overlay of this.overlays) overlay.classList.toggle("now", overlay.dataset.hit === String(number));
    for (const mark of this.text.querySelectorAll("mark")) mark.classList.toggle("now", mark.dataset.hit === String(number));
    const here = results.filter((result) => !result.href);
    this.entries?.forEach((entry, index) => {
      const { first, count } = here[index];
      if (number >= first && number < first + count) entry.setAttribute("aria-current", "true");
      else entry.removeAttribute("aria-current");
    });
  }

  // -- the transcript

  chooseLine(event, line) {
    const mark = event.target.closest("mark");
    if (mark) return this.goToHit(Number(mark.dataset.hit));
    this.text.querySelector(".l.now")?.classList.remove("now");
    document.getElementById(line.id)?.classList.add("now");
    this.turnTo("scan");
    if (!this.viewer?.isOpen()) return;
    if (this.lineBox) this.viewer.removeOverlay(this.lineBox);
    this.lineBox = make("div", { class: "line" });
    this.viewer.addOverlay({ element: this.lineBox, location: this.rectangle(line.box) });
    this.showBox(line.box);
  }

  startText() {
    if (this.data.vertical && this.data.blocks.length) this.text.scrollLeft = this.text.scrollWidth;
    this.showInText(this.text.querySelector("mark.now"));
  }

  showInText(mark) {
    if (!mark) return;
    const pane = this.text.getBoundingClientRect();
    const place = mark.getBoundingClientRect();
    this.text.scrollBy({ left: place.left + place.width / 2 - pane.left - pane.width / 2, top: place.top + place.height / 2 - pane.top - pane.height / 2, behavior: "instant" });
  }

  scrollSideways(event) {
    if (Math.abs(event.deltaY) <= Math.abs(event.deltaX)) return;
    event.preventDefault();
    this.text.scrollLeft -= event.deltaY;
  }

  turnTo(pane) {
    if (!narrow() && this.element.dataset.pane === "scan") return;
    this.element.dataset.pane = pane;
    for (const tab of this.tabs) tab.setAttribute("aria-selected", String(tab.dataset.pane === pane));
    if (pane === "text") this.startText();
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const deed = {
      n: () => this.goToHit(this.now + 1), p: () => this.goToHit(this.now - 1), r: () => this.rotate((this.viewer.viewport.getRotation() + 90) % 360),
      0: () => this.whole(), PageDown: () => this.element.querySelector('.bar a:last-of-type[href]')?.click(), PageUp: () => this.element.querySelector(".bar a[href]")?.click(),
    }[event.key];
    if (deed && this.viewer) { event.preventDefault(); deed(); }
  }
}
