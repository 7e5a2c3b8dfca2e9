import { WaitingRows } from '#components/frame/waiting.tsx';

export default function Loading() {
  return <WaitingRows label="Loading the kit" />;
}
