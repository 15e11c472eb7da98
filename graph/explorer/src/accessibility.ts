/**
 * Mends what a screen reader is told of GraphiQL's own elements. React leaves attributes alone
 * that it does not change itself, except for `aria-selected`, which is read again each time.
 */
export function mendAccessibility(page: HTMLElement) {
  const mend = () => {
    mendTabs(page);
    // The label "Set active" hides the operation's name.
    for (const item of page.querySelectorAll('.graphiql-history-item-label[aria-label]')) {
      item.removeAttribute('aria-label');
    }
    for (const choice of page.querySelectorAll('.graphiql-explorer-root select:not([aria-label])')) {
      choice.setAttribute('aria-label', 'Kind of operation');
    }
  };
  new MutationObserver(mend).observe(page, {
    attributeFilter: ['aria-selected'],
    childList: true,
    subtree: true,
  });
  mend();
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
