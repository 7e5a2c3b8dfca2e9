import { TopBar } from '#components/frame/top-bar.tsx';
import { ImportScreen } from '#components/import/import-screen.tsx';

export default function ImportPage() {
  return (
    <>
      <TopBar launch={null} />
      <ImportScreen />
    </>
  );
}
