/// Tests of what a host's tmux server tells, and of the script that makes it tell.
@org.jspecify.annotations.NullMarked
package dev.muster.tmux;
