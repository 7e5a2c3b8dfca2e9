import Link from 'next/link';
import { TopBar } from '#components/frame/top-bar.tsx';
import { Trouble } from '#components/frame/trouble.tsx';

export default function NotFound() {
  return (
    <>
      <TopBar launch={null} />
      <title>Not here · Big Green</title>
      <Trouble
        title="Nothing stands at this address"
        says="No launch, item or screen has it. An item’s address holds its id in the spec: a spec that renames an item gives it another."
      >
        <Link className="button" href="/">
          All launches
        </Link>
      </Trouble>
    </>
  );
}
