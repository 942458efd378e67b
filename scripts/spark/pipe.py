"""Pipes lines through a command with several Spark worker processes: pipe.py REQUESTS ANSWERS PARTITIONS CHECKED COMMAND.

CHECKED: "yes" if a command that fails is to fail the job.
"""

import os
import sys

from pyspark import SparkConf, SparkContext

requests, answers, partitions, checked, command = sys.argv[1:]
# One JVM for each worker, as on machines of a cluster; where that is not possible, threads of one.
master = os.environ.get("SPARK_MASTER", "local-cluster[2,1,1024]")
conf = SparkConf().setMaster(master).setAppName("authz decide").set("spark.ui.enabled", "false")
context = SparkContext(conf=conf)
lines = context.textFile(requests, int(partitions))
processes = lines.mapPartitions(lambda _: [os.getppid()]).distinct().count()
lines.pipe(command, checkCode=checked == "yes").saveAsTextFile(answers)
print(f"{context.version}: {lines.getNumPartitions()} partitions, {processes} worker processes, {master}")
context.stop()
