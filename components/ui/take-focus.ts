/** As a ref: takes the focus that went with what stood there before, so that the keyboard goes on from here. */
export function takeFocus(element: HTMLElement | null): void {
  if (element && !document.activeElement?.closest('dialog *')) element.focus();
}
