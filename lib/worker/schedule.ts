/**
 * What the queue does by the clock, in graphile-worker's crontab (UTC); each minute is taken once, however many workers
 * there are. Hours that no worker saw are made up for by one run, at most two days late.
 */
export const schedule = `
17 * * * * forget-answers ?fill=2d&max=3&jobKey=forget-answers
47 * * * * forget-deliveries ?fill=2d&max=3&jobKey=forget-deliveries
`;
