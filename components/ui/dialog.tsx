'use client';

import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';

interface Props {
  readonly title: string;
  /** One sentence below the title. */
  readonly says?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** No padding and no visible title: for the palette. */
  readonly bare?: boolean;
  /** For what is read besides being filled in. */
  readonly wide?: boolean;
}

/**
 * A modal dialog, open as long as it is rendered. The browser's own `dialog` keeps focus inside, closes on Escape and
 * gives the focus back.
 */
export function Dialog({ title, says, onClose, children, bare = false, wide = false }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // While it is still in the document: closed after that, it gives no focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element || element.open) return;
    element.showModal();
    element.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => element.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, by the browser
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      className={`dialog${bare ? ' dialog-bare' : ''}${wide ? ' dialog-wide' : ''}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <h2 id={heading} className={bare ? 'sr-only' : undefined}>
        {title}
      </h2>
      {says ? <p>{says}</p> : null}
      {children}
    </dialog>
  );
}
