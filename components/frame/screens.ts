/** A screen of a launch, and the key that leads to it after `g`. */
export interface LaunchScreen {
  readonly title: string;
  readonly key: string;
  /** Below the launch's own address. */
  readonly path: string;
}

/** The screens of a launch, in the order of the bar. */
export const launchScreens: readonly LaunchScreen[] = [
  { title: 'Board', key: 'b', path: '' },
  { title: 'Coverage', key: 'c', path: '/coverage' },
  { title: 'CI', key: 'i', path: '/ci' },
  { title: 'Dashboards', key: 'd', path: '/dashboards' },
  { title: 'Runbooks', key: 'r', path: '/runbooks' },
  { title: 'Kit', key: 'k', path: '/kit' },
];
