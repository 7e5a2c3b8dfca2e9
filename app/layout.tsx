import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Foot } from '#components/frame/foot.tsx';
import { Providers } from '#components/frame/providers.tsx';
import { readTheme, themeCookie } from '#components/frame/theme.ts';
import { ShapeSprite } from '#components/verdict/shapes.tsx';
import './globals.css';

export const metadata: Metadata = {
  applicationName: 'Big Green',
  description: 'Launch readiness for blockchains: are we ready to launch, and how do we know?',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const theme = readTheme((await cookies()).get(themeCookie)?.value);
  return (
    <html lang="en" {...(theme === 'system' ? {} : { 'data-theme': theme })} suppressHydrationWarning>
      <body>
        <ShapeSprite />
        <Providers renderedAtMs={Date.now()}>
          {children}
          <Foot />
        </Providers>
      </body>
    </html>
  );
}
