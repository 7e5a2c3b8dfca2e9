/** Checklists in the manner of other projects, with what a person counts in each. */
export interface Stranger {
  readonly name: string;
  readonly text: string;
  /** Boxes and marks, and those that are done. */
  readonly boxes: number;
  readonly done: number;
  readonly titles: readonly string[];
}

const release = `---
name: Release
about: Tracking issue
labels: "kind/release"
---

# Release v1.31

<!-- TOC -->
- [Before](#before)
- [x](#x)
<!-- /TOC -->

## [Before](https://example.org) the freeze

- [X] Announce (@alice)
* [ ] Branch cut
  * [x] Fork the branch
    + [ ] Protect it
      1. [ ] Ask [the owners][own]
      2) [x] Confirm
- [x]
- [ ]\u00a0Notes

<!--
- [ ] hidden

- [x] hidden too
-->

\`\`\`md
- [ ] an example
\`\`\`

## Before the freeze

- [ ] Announce (@alice)

[own]: https://example.org/owners
`;

const client = `Client release\r
==============\r
\r
Tests ✅\r
---\r
\r
> - [ ] Sync from genesis\r
>   - [x] On the testnet\r
>\r
> 1) [x] Snap sync\r
\r
| Network | Status |\r
|:--------|:------:|\r
| holesky | :white_check_mark: |\r
| sepolia | :x: waiting |\r
| hoodi | ⏳ |\r
| mainnet | 🔴 |\r
\r
- 🟢 Fuzzing\r
- ⚠️ Memory\r
- :white_check_mark: Peers\r
`;

const chain = `\ufeff# Mainnet

<details>
<summary>Validators</summary>

- [ ] Genesis file
\t- [x] Hash published
\t\t- [ ] Signed by all

</details>

<details><summary>Tight</summary>
- [ ] not drawn
<input type="checkbox"> nor this
</details>

| Step | Linux | Mac |
|---|---|---|
| build | ✅ | ❌ |
| test | ✅ | |

| Part | Check |
|---|---|
| keys | [x] made<br>[ ] kept |

1. [ ] Upgrade handler
2. [x] Halt height

## Sign-off

| Team | Person | Go/No-Go |
|------|--------|----------|
| Release | Jo | GO |
| Security | | |

- Infra lead: ____________ Date: ____
`;

export const strangers: readonly Stranger[] = [
  {
    name: 'a release’s tracking issue',
    text: release,
    boxes: 8,
    done: 3,
    titles: ['Before the freeze', 'Before the freeze'],
  },
  { name: 'a client’s release', text: client, boxes: 10, done: 5, titles: ['Tests'] },
  { name: 'a chain’s launch', text: chain, boxes: 10, done: 5, titles: ['Mainnet'] },
  {
    name: 'two thousand boxes',
    text: Array.from(
      { length: 2000 },
      (_, n) => `${'  '.repeat(n % 4)}- [${n % 3 === 0 ? 'x' : ' '}] Step ${n}`,
    ).join('\n'),
    boxes: 2000,
    done: 667,
    titles: ['Checklist'],
  },
];
