-- Every cycle writes how its checks stand, once more and mostly the same. With room on each page for the next version
-- of its rows, an update stays there and touches no index. Pages that are full already come to it as they are rewritten.
ALTER TABLE "standing" SET (fillfactor = 45);
