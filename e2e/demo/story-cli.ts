import { storyCommand } from '../story/command.ts';
import { demos } from './place.ts';

const { code, out } = await storyCommand(process.argv.slice(2), demos);
console.log(out);
process.exitCode = code;
