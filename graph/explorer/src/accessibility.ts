/**
 * Mends what a screen reader is told of GraphiQL's own elements. Attributes that GraphiQL sets
 * again are mended again.
 */
export function mendAccessibility(page: HTMLElement) {
  const mend = () => {
    mendTabs(page);
    // The label "Set active" hides the operation's name.
    for (const item of page.querySelectorAll('.graphiql-history-item-label[aria-label]')) {
      item.removeAttribute('aria-label');
    }
    mendLists(page);
    for (const choice of page.querySelectorAll('.graphiql-explorer-root select:not([aria-label])')) {
      choice.setAttribute('aria-label', 'Kind of operation');
    }
  };
  new MutationObserver(mend).observe(page, {
    attributeFilter: ['aria-selected', 'aria-activedescendant', 'aria-label'],
    childList: true,
    subtree: true,
  });
  mend();
}

/** The lists of the editor (Monaco): its commands, and its suggestions. */
function mendLists(page: HTMLElement) {
  // What is shown is the name: the labels leave some of it out.
  for (const row of page.querySelectorAll('.monaco-list-row[role=option][aria-label]')) {
    row.removeAttribute('aria-label');
    row.removeAttribute('aria-level');
  }
  // It names an element that is not there. The editor itself names the right one.
  for (const list of page.querySelectorAll('.suggest-widget [aria-activedescendant]')) {
    list.removeAttribute('aria-activedescendant');
  }
  for (const bar of page.querySelectorAll('[role=progressbar]:not([aria-label])')) {
    bar.setAttribute('aria-label', 'Commands are looked up');
  }
}

/** A tab of GraphiQL has a second button that closes it, which the role `tab` does not allow. */
function mendTabs(page: HTMLElement) {
  page.querySelector('.graphiql-tabs[role=tablist]')?.removeAttribute('role');
  for (const tab of page.querySelectorAll('.graphiql-tab[role], .graphiql-tab[aria-selected]')) {
    const selected = tab.getAttribute('aria-selected');
    tab.removeAttribute('role');
    tab.removeAttribute('aria-selected');
    tab.querySelector('.graphiql-tab-button')?.setAttribute('aria-current', selected ?? 'false');
  }
}
