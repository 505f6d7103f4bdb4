// A page that was opened from disk may start no worker, and the search is one: it runs in a hidden frame instead.
window.IFrameWorker = class extends EventTarget {
  constructor(url) {
    super()
    const frame = document.createElement("iframe")
    frame.hidden = true
    document.body.append(frame)
    this.inside = frame.contentWindow
    this.inside.document.open()
    this.inside.document.write("<!doctype html><html><body></body></html>")
    this.inside.document.close()
    this.inside.postMessage = data => this.dispatchEvent(new MessageEvent("message", { data }))
    this.inside.importScripts = (...urls) => urls.reduce((before, one) => before.then(() => this.load(one)), Promise.resolve())
    this.ready = this.load(url)
  }
  load(url) {
    return new Promise((done, failed) => {
      const script = this.inside.document.createElement("script")
      script.src = url
      script.onload = done
      script.onerror = failed
      this.inside.document.body.append(script)
    })
  }
  postMessage(data) {
    this.ready.then(() => this.inside.dispatchEvent(new this.inside.MessageEvent("message", { data })))
  }
  terminate() {}
}
if (location.protocol === "file:") window.Worker = window.IFrameWorker
