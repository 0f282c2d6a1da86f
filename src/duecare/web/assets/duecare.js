// Wakes the scripts of the GOV.UK and MoJ components, on load and wherever htmx puts new markup.
// Every page works without it: forms are sent and links followed as plain HTML.

import * as govuk from './govuk-frontend.min.js'
import * as moj from './moj-frontend.min.js'
import htmx from './htmx.min.js'

// The pages' content security policy allows neither inline style nor eval; and no page about a child
// may be left behind in the browser's own store.
htmx.config.includeIndicatorStyles = false
htmx.config.allowEval = false
htmx.config.historyCacheSize = 0
htmx.config.refreshOnHistoryMiss = true

function wake (scope) {
  govuk.initAll({ scope })
  moj.initAll({ scope })
}

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
wake(document)

// What could not be kept by itself must not look as if it had been.
for (const failed of ['htmx:responseError', 'htmx:sendError']) {
  htmx.on(failed, (event) => { event.detail.target.textContent = 'Not saved. Press Save to try again.' })
}

htmx.on('htmx:load', (event) => {
  if (event.detail.elt !== document.body) wake(event.detail.elt)
})

// Keys for those who judge one pair after another: only while the focus is on the pair, never while something is typed.
const pair = document.querySelector('[data-duecare-keys]')
if (pair) {
  pair.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches('textarea, input[type=text]')) return
    const chosen = pair.querySelector(`[data-duecare-key="${CSS.escape(event.key)}"]`)
    if (!chosen) return
    event.preventDefault()
    chosen.click()
    chosen.focus()
  })
  if (pair.hasAttribute('data-duecare-focus')) pair.focus()
}
