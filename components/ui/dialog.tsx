'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';

interface Props {
  readonly title: string;
  /** One sentence below the title. */
  readonly says?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** No padding and no visible title: for the palette. */
  readonly bare?: boolean;
}

/**
 * A modal dialog, open as long as it is rendered. The browser's own `dialog` keeps focus inside, closes on Escape and
 * gives the focus back.
 */
export function Dialog({ title, says, onClose, children, bare = false }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
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
      className={`dialog${bare ? ' dialog-bare' : ''}`}
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
