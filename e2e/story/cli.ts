import { storyCommand } from './command.ts';

const { code, out } = await storyCommand(process.argv.slice(2));
console.log(out);
process.exitCode = code;
