/** What {@code docker-compose.yml} starts: its files held against themselves, against a real server, and against real programs. */
package io.regrade.deployment;
