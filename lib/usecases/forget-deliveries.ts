import { type House, house } from '#lib/server/house.ts';

/** How long a webhook's delivery is remembered: longer than GitHub lets one be sent again (3 days). */
export const deliveryLifeMs = 7 * 24 * 60 * 60 * 1000;

/** Forgets the deliveries that are old enough. @returns how many marks went. */
export async function forgetDeliveries(at: House = house()): Promise<number> {
  const before = new Date(at.now() - deliveryLifeMs);
  const { count } = await at.db.hookDelivery.deleteMany({ where: { receivedAt: { lte: before } } });
  return count;
}
