/**
 * Loaded before a child's own program: ends the child when the supervisor is gone, also while it is still starting and
 * has no ear for that yet. One that has gets five seconds to end in order.
 */
process.on('disconnect', () => {
  setTimeout(() => process.exit(1), 5000).unref();
});
