"""Runs several programs in turn, round after round, so that a machine that is slow for a while is slow for all."""

import statistics

import material
import measure


def in_turn(place, contestants, export, rounds, has_faults, out):
    """By name, the costs of each round."""
    costs = {one.name: [] for one in contestants}
    if export.is_file():
        measure.warm(export)
    for number in range(rounds):
        for one in contestants:
            folder = material.empty(out)
            cost = measure.run(
                one.call(export, folder), one.statuses(has_faults), one.environment, log=place.log)
            costs[one.name].append(cost)
            measure.say(
                f"  round {number + 1}: {one.name:42} {cost.wall:7.2f} s {cost.cpu:7.2f} s CPU"
                f" {cost.memory / 1e6:6.0f} MB")
    material.empty(out)
    return costs


def summary(costs):
    """What is kept of a contestant's rounds."""
    walls = [cost.wall for cost in costs]
    return {
        "median": statistics.median(walls), "least": min(walls), "most": max(walls),
        "cpu": statistics.median(cost.cpu for cost in costs), "memory": max(cost.memory for cost in costs),
        "rounds": walls,
    }


def ratio(costs, other):
    """How many times as long the first took as the other: the median of the rounds, each by itself."""
    return statistics.median(one.wall / two.wall for one, two in zip(costs, other))
