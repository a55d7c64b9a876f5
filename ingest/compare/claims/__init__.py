"""The figures as columns that can be compared: who and where as numbers, intervals under the rules, areas, groups, every verdict's code."""
