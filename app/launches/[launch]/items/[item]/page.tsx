import { ItemScreen } from '#components/item/item-screen.tsx';
import { itemKey } from '#lib/queries/keys.ts';
import { viewItem } from '#lib/usecases/view-item.ts';
import { Hydrated } from '../../../../hydrated.tsx';

interface Props {
  readonly params: Promise<{ readonly launch: string; readonly item: string }>;
}

export default async function ItemPage({ params }: Props) {
  const { launch, item } = await params;
  return (
    <Hydrated queryKey={itemKey(launch, item)} result={await viewItem(launch, item)}>
      <ItemScreen key={item} launch={launch} item={item} />
    </Hydrated>
  );
}
