/**
 * As a ref: takes the focus that went with what stood there before, so that the keyboard goes on from here. A whole
 * region that takes it stays where it is: scrolled to, it would push what stands over it out of sight.
 */
export function takeFocus(element: HTMLElement | null): void {
  if (element && !document.activeElement?.closest('dialog *'))
    element.focus({ preventScroll: element.tabIndex < 0 });
}
